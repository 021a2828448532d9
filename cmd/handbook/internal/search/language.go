package search

import (
	"strings"

	snowball "github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/arabic"
	"github.com/blevesearch/snowballstem/danish"
	"github.com/blevesearch/snowballstem/dutch"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/finnish"
	"github.com/blevesearch/snowballstem/french"
	"github.com/blevesearch/snowballstem/german"
	"github.com/blevesearch/snowballstem/hungarian"
	"github.com/blevesearch/snowballstem/italian"
	"github.com/blevesearch/snowballstem/norwegian"
	"github.com/blevesearch/snowballstem/portuguese"
	"github.com/blevesearch/snowballstem/romanian"
	"github.com/blevesearch/snowballstem/russian"
	"github.com/blevesearch/snowballstem/spanish"
	"github.com/blevesearch/snowballstem/swedish"
	"github.com/blevesearch/snowballstem/turkish"
)

// A language is what the index knows of the language that it is in. A language
// that is not known has no stems and no stop words; all else works.
type language struct {
	tag  string // of the folder: the primary subtag in lower case
	stem func(*snowball.Env) bool
	stop string // words that say nothing in a query of several words
	// Endings by which the client takes a word that the handbook does not
	// have for another form of one that it has (texted: texting).
	endings string
}

// languageOf returns the language of a BCP 47 tag.
func languageOf(tag string) language {
	primary, _, _ := strings.Cut(strings.ToLower(tag), "-")
	if primary == "" {
		primary = "und"
	}
	l := language{tag: primary}
	switch primary {
	case "en":
		l.stem = english.Stem
		l.stop = "a about all also am an and any are as at be been but by can could did do does for from had has have he her his how i if in into is it its me my no not of on or our she should so than that the their them then there these they this those to us was we were what when where which who whom why will with would you your"
		l.endings = "s es 's ed d ing e er ers y ies ied ying ion ions ation ations ive ly al ally ment ments able ness r or ors ity ities ence ance ent ant ic ical"
	case "fr":
		l.stem = french.Stem
		l.stop = "a ai au aux avec c ce ces cette d dans de des du elle elles en est et eu il ils je l la le les leur leurs lui ma mais me mes mon n ne nos notre nous on ont ou par pas pour qu que qui s sa sans se ses si son sont sur ta te tes toi ton tu un une vos votre vous y"
		l.endings = "s x e es ee ees er ez ant ent ait ement ements ation ations eur eurs euse euses rice if ive ifs ives ir it issent al aux ale ales"
	case "es":
		l.stem = spanish.Stem
		l.stop = "a al con como cual cuando de del donde e el ella ellas ellos en entre era es esa ese eso esta este esto fue ha han hay la las le les lo los mas me mi mis muy ni no nos o os para pero por que quien se ser si sin sobre son su sus te tu un una uno unos unas y ya yo"
		l.endings = "s es o a os as ar er ir ado ada ados adas ido ida idos idas ando iendo cion ciones mente an en on aron ieron idad idades"
	case "de":
		l.stem = german.Stem
		l.stop = "als am an auf aus bei bin bis da das dass dem den der des die durch ein eine einem einen einer eines er es fur hat ich ihr im in ist ja man mit nach nicht noch oder sich sie sind so uber um und uns von vor war was wer wie wir wird zu zum zur"
		l.endings = "e en er es s n em ern ung ungen te ten t st"
	case "it":
		l.stem, l.stop = italian.Stem, "a al alla anche che chi ci come con da dal de dei del della di e ed gli ha i il in io l la le lo ma mi ne nel non o per piu se si sono su tra tu un una uno"
		l.endings = "o a i e are ere ire ato ata ati ate ando endo zione zioni mente ita"
	case "pt":
		l.stem, l.stop = portuguese.Stem, "a ao aos as com como da das de do dos e ela ele em entre era eu foi ha isso ja mais mas me na nao nas no nos o os ou para pela pelo por que se sem ser seu sua sao tem um uma"
		l.endings = "s o a os as ar er ir ado ada ados adas ndo cao coes mente"
	case "nl":
		l.stem, l.stop, l.endings = dutch.Stem, "aan als bij dat de den der die dit een en er het hij ik in is je maar met naar niet of om ook op te tot u uit van voor was wat we wij ze zij", "s en e t te ten de den ing ingen"
	case "sv":
		l.stem, l.stop, l.endings = swedish.Stem, "att av de den det du ej en ett for fran har i inte jag med men om pa sa som till upp ut var vi ar", "s n en et ar er or na erna a ade at ning ningar"
	case "da":
		l.stem, l.stop, l.endings = danish.Stem, "af at de den der det du en er et for fra har i ikke jeg med men og om pa sa som til var vi", "s n en et er e r ene ede ing"
	case "no", "nb", "nn":
		l.stem, l.stop, l.endings = norwegian.Stem, "at av de den det du en er et for fra har i ikke jeg med men og om pa sa som til var vi", "s n en et er e r ene ede ing"
	case "fi":
		l.stem, l.stop, l.endings = finnish.Stem, "ei ja jos on oli se etta mutta tai kun niin", "n t a en an ssa sta lla lle lta na ksi t"
	case "hu":
		l.stem, l.stop, l.endings = hungarian.Stem, "a az egy es hogy is nem de ha van volt", "k t n ok ek ak at et ban ben nak nek"
	case "ro":
		l.stem, l.stop, l.endings = romanian.Stem, "a al ale cu ca de din este in la mai nu o pe pentru prin sa se si sau un", "i e a ul le lor ului"
	case "ru":
		l.stem, l.stop, l.endings = russian.Stem, "а без бы в во все да для до же за и из или к как на не но о от по при с со так то у что это я", "а я о е ы и у ю ой ей ом ем ам ям ах ях ов ев"
	case "tr":
		l.stem, l.stop, l.endings = turkish.Stem, "bir bu da de icin ile ve ya", "i u a e in un lar ler da de dan den"
	case "ar":
		l.stem, l.stop = arabic.Stem, "في من على الى عن ان او لا ما هذا هذه"
	}
	return l
}

// A stemmer gives stems; it keeps its memory from one word to the next.
type stemmer struct {
	stem func(*snowball.Env) bool
	env  *snowball.Env
}

func (l language) stemmer() *stemmer { return &stemmer{l.stem, snowball.NewEnv("")} }

// of returns the stem of a word as it was written, in lower case and with its
// accents, folded; or "" for a word that has no other forms.
func (s *stemmer) of(word string) string {
	if s.stem == nil || len(word) < 3 {
		return ""
	}
	for i := range len(word) {
		if c := word[i]; c >= '0' && c <= '9' || c == '.' || c == '-' {
			return ""
		}
	}
	s.env.SetCurrent(word)
	s.stem(s.env)
	return string(appendFolded(nil, s.env.Current()))
}

// A stopList tells stop words, folded, from others.
func (l language) stopList() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(l.stop) {
		m[string(appendFolded(nil, w))] = true
	}
	return m
}
