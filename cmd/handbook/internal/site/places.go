package site

import "strings"

// jurisdictions returns the names of one or several jurisdictions written as
// codes with commas between them. A code that is not known stays as it is.
func jurisdictions(codes string) string {
	var names []string
	for code := range strings.SplitSeq(codes, ",") {
		if code = strings.TrimSpace(code); code != "" {
			names = append(names, jurisdiction(code))
		}
	}
	return strings.Join(names, ", ")
}

// jurisdiction returns the name of a country, state, province or territory by
// its code in ISO 3166: US, US-MD, CA-ON.
func jurisdiction(code string) string {
	country, region, _ := strings.Cut(strings.ToUpper(code), "-")
	var table string
	switch country {
	case "US":
		table = usStates
	case "CA":
		table = caProvinces
	}
	if region == "" {
		table, region = countries, country
	}
	for entry := range strings.SplitSeq(table, ";") {
		if name, ok := strings.CutPrefix(entry, region+" "); ok {
			return name
		}
	}
	return code
}

const (
	countries   = "US United States;CA Canada;UK United Kingdom;GB United Kingdom;EU European Union;IE Ireland;AU Australia;NZ New Zealand;MX Mexico;PR Puerto Rico"
	caProvinces = "AB Alberta;BC British Columbia;MB Manitoba;NB New Brunswick;NL Newfoundland and Labrador;NS Nova Scotia;NT Northwest Territories;NU Nunavut;ON Ontario;PE Prince Edward Island;QC Quebec;SK Saskatchewan;YT Yukon"
	usStates    = "AL Alabama;AK Alaska;AZ Arizona;AR Arkansas;CA California;CO Colorado;CT Connecticut;DE Delaware;DC District of Columbia;FL Florida;GA Georgia;HI Hawaii;ID Idaho;IL Illinois;IN Indiana;IA Iowa;KS Kansas;KY Kentucky;LA Louisiana;ME Maine;MD Maryland;MA Massachusetts;MI Michigan;MN Minnesota;MS Mississippi;MO Missouri;MT Montana;NE Nebraska;NV Nevada;NH New Hampshire;NJ New Jersey;NM New Mexico;NY New York;NC North Carolina;ND North Dakota;OH Ohio;OK Oklahoma;OR Oregon;PA Pennsylvania;RI Rhode Island;SC South Carolina;SD South Dakota;TN Tennessee;TX Texas;UT Utah;VT Vermont;VA Virginia;WA Washington;WV West Virginia;WI Wisconsin;WY Wyoming;AS American Samoa;GU Guam;MP Northern Mariana Islands;PR Puerto Rico;VI U.S. Virgin Islands"
)
