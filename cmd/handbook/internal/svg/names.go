package svg

import "strings"

// set makes a set of the words of a text.
func set(words string) map[string]bool {
	all := map[string]bool{}
	for _, w := range strings.Fields(words) {
		all[w] = true
	}
	return all
}

// elements are those that draw, move or describe: of SVG 1.1 and 2, and of the
// drafts between them that programs write. The others run scripts, hold other
// documents or load something.
var elements = set(`
	a animate animateColor animateMotion animateTransform circle clipPath defs desc discard ellipse
	feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap
	feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode
	feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence filter
	flowDiv flowLine flowPara flowRegion flowRegionBreak flowRegionExclude flowRoot flowSpan flowTref
	font font-face font-face-format font-face-name font-face-src glyph altGlyph altGlyphDef altGlyphItem glyphRef hkern missing-glyph vkern
	g hatch hatchPath hatchpath image line linearGradient marker mask mesh meshGradient meshPatch meshRow meshgradient meshpatch meshrow
	metadata mpath path pattern polygon polyline radialGradient rect set solidColor solidcolor stop style svg switch symbol
	tbreak text textArea textPath title tref tspan use view
`)

// words are attributes whose value is a name or text, which no browser reads
// as CSS. Some are not of SVG but written by programs: content by draw.io, t
// and p-id by collections of icons.
var words = set(`
	alt class content glyph-name id label lang name p-id role t tabindex title unicode unicode-range
	requiredExtensions requiredFeatures requiredFormats systemLanguage target rel hreflang type version baseProfile
	font-family panose-1 focusable draggable
`)

// attributes are the others of SVG, those that animate, and those that say the
// same as a property of CSS. Their values are read as CSS.
var attributes = set(`
	accent-height accumulate additive alignment-baseline alphabetic amplitude arabic-form ascent attributeType auto-rev autoReverse azimuth
	background background-color baseFrequency baseline-shift bbox begin bias border block-progression bottom box-shadow by
	calcMode cap-height clip clip-path clip-rule clipPathUnits color color-interpolation color-interpolation-filters color-profile
	color-rendering contentScriptType contentStyleType crossorigin cursor cx cy d decoding descent diffuseConstant direction display
	divisor dominant-baseline dur dx dy edgeMode editable elevation enable-background end exponent externalResourcesRequired
	fill fill-opacity fill-rule filter filterRes filterUnits flood-color flood-opacity focusHighlight font font-feature-settings font-kerning
	font-optical-sizing font-size font-size-adjust font-stretch font-style font-synthesis font-variant font-variant-alternates
	font-variant-caps font-variant-east-asian font-variant-ligatures font-variant-numeric font-variant-position font-variation-settings font-weight
	format fr from fx fy g1 g2 glyph-orientation-horizontal glyph-orientation-vertical glyphRef gradientTransform gradientUnits
	hanging hatchContentUnits hatchUnits height hkern horiz-adv-x horiz-origin-x horiz-origin-y hyphens ideographic image-rendering in in2 inline-size intercept isolation
	k k1 k2 k3 k4 kernelMatrix kernelUnitLength kerning keyPoints keySplines keyTimes
	left lengthAdjust letter-spacing lighting-color limitingConeAngle line-height line-increment local margin marker marker-end marker-mid marker-start
	markerHeight markerUnits markerWidth mask mask-type maskContentUnits maskUnits mathematical max media method min mix-blend-mode mode
	numOctaves offset opacity operator order orient orientation origin outline overflow overlay overline-position overline-thickness
	padding paint-order path pathLength patternContentUnits patternTransform patternUnits pitch pointer-events points pointsAtX pointsAtY pointsAtZ
	position preserveAlpha preserveAspectRatio primitiveUnits r radius refX refY rendering-intent repeatCount repeatDur restart result right rotate rx ry
	scale seed shape-image-threshold shape-inside shape-margin shape-padding shape-rendering shape-subtract side slope snapshotTime solid-color solid-opacity
	space spacing specularConstant specularExponent spreadMethod startOffset stdDeviation stemh stemv stitchTiles stop-color stop-opacity
	strikethrough-position strikethrough-thickness string stroke stroke-alignment stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin
	stroke-miterlimit stroke-opacity stroke-width style surfaceScale
	tableValues targetX targetY text-align text-align-all text-align-last text-anchor text-decoration text-decoration-color text-decoration-fill
	text-decoration-line text-decoration-stroke text-decoration-style text-indent text-orientation text-overflow text-rendering text-transform textLength
	to top transform transform-box transform-origin transformer
	u1 u2 underline-position underline-thickness unicode-bidi units-per-em
	v-alphabetic v-hanging v-ideographic v-mathematical values vector-effect vert-adv-y vert-origin-x vert-origin-y vertical-align viewBox viewTarget visibility
	white-space width widths will-change word-spacing word-wrap writing-mode
	x x-height x1 x2 xChannelSelector y y1 y2 yChannelSelector z z-index zoomAndPan
`)

// atRules are the rules of CSS that load nothing by themselves.
var atRules = set(`
	charset container counter-style font-face font-feature-values keyframes -moz-keyframes -o-keyframes -webkit-keyframes
	layer media page property starting-style supports
`)

// functions are those of CSS that load nothing. url is not among them: see css.
var functions = set(`
	translate translatex translatey translatez translate3d scale scalex scaley scalez scale3d rotate rotatex rotatey rotatez rotate3d
	skew skewx skewy matrix matrix3d perspective
	rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix color-contrast light-dark icc-color device-cmyk
	calc min max clamp round mod rem abs sign sin cos tan asin acos atan atan2 pow sqrt hypot log exp var env
	cubic-bezier steps linear frames
	linear-gradient radial-gradient conic-gradient repeating-linear-gradient repeating-radial-gradient repeating-conic-gradient
	blur brightness contrast drop-shadow grayscale hue-rotate invert opacity saturate sepia
	circle ellipse inset polygon path rect xywh ray shape
	format local tech
	not is where has matches any host host-context lang dir nth-child nth-last-child nth-of-type nth-last-of-type
	selector and or style
	counter counters fit-content minmax repeat
	accesskey wallclock
`)

// isEditors reports whether a namespace is one in which programs keep what they
// need to edit a drawing, or that describes it. Browsers know none of them.
func isEditors(space string) bool {
	return editors[space] || strings.HasPrefix(space, "http://ns.adobe.com/") || strings.HasPrefix(space, "http://www.inkscape.org/namespaces/") ||
		strings.HasPrefix(space, "http://purl.org/dc/") || strings.HasPrefix(space, "http://www.serif.com/") || strings.HasPrefix(space, "http://xml.openoffice.org/") ||
		strings.HasPrefix(space, "http://sun.com/xmlns/staroffice/") || strings.HasPrefix(space, "http://www.bohemiancoding.com/sketch/") ||
		strings.HasPrefix(space, "http://schemas.microsoft.com/visio/") || strings.HasPrefix(space, "http://www.corel.com/coreldraw/") ||
		strings.HasPrefix(space, "urn:oasis:names:tc:opendocument:")
}

var editors = set(`
	http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd
	http://inkscape.sourceforge.net/DTD/sodipodi-0.dtd
	http://www.w3.org/1999/02/22-rdf-syntax-ns#
	http://www.w3.org/2000/01/rdf-schema#
	http://creativecommons.org/ns#
	http://web.resource.org/cc/
	http://xmlns.com/foaf/0.1/
	http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/
	adobe:ns:meta/
	http://c2pa.org/manifest
	https://boxy-svg.com
	http://boxy-svg.com
	http://vectornator.io
	http://www.figma.com/figma/ns
	http://www.vector.evaxdesign.sk
	http://svgjs.com/svgjs
	http://svgjs.dev/svgjs
	https://svgjs.dev/svgjs
	http://krita.org/namespaces/svg/krita
	http://www.calligra.org/2005/
	http://affinity.serif.com/
	http://www.w3.org/2001/XMLSchema
	http://graphml.graphdrawing.org/xmlns
`)
