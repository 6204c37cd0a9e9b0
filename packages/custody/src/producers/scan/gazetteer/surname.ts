/** Surnames, and the endings by which surnames of many languages can be told. Public knowledge, written for this project. */

const NAMES = `
smith johnson williams brown jones garcia miller davis rodriguez martinez hernandez lopez gonzalez wilson anderson thomas
taylor moore jackson martin lee perez thompson white harris sanchez clark ramirez lewis robinson walker young allen king
wright scott torres nguyen hill flores green adams nelson baker hall rivera campbell mitchell carter roberts gomez phillips
evans turner diaz parker cruz edwards collins reyes stewart morris morales murphy cook rogers gutierrez ortiz morgan cooper
peterson bailey reed kelly howard ramos kim cox ward richardson watson brooks chavez wood james bennett gray mendoza ruiz
hughes price alvarez castillo sanders patel myers long ross foster jimenez powell jenkins perry russell sullivan bell
coleman butler henderson barnes fisher vasquez simmons romero jordan patterson alexander hamilton graham reynolds griffin
wallace moreno west cole hayes bryant herrera gibson ellis tran medina aguilar stevens murray ford castro marshall owens
harrison fernandez mcdonald woods washington kennedy wells vargas henry chen freeman webb tucker guzman burns crawford olson
simpson porter hunter gordon mendez silva shaw snyder mason dixon munoz hunt hicks holmes palmer wagner black robertson boyd
stone salazar fox warren mills meyer rice schmidt garza daniels ferguson nichols stephens soto weaver ryan gardner payne
grant dunn kelley spencer hawkins arnold pierce hansen peters santos hart bradley knight elliott cunningham duncan armstrong
hudson carroll lane riley andrews alvarado ray delgado berry perkins hoffman johnston matthews pena richards contreras willis
carpenter lawrence sandoval guerrero george chapman rios estrada ortega watkins greene nunez wheeler valdez harper burke
larson santiago maldonado morrison franklin carlson austin dominguez carr lawson jacobs obrien lynch singh vega bishop
montgomery oliver jensen harvey williamson gilbert dean sims espinoza howell li wong reid hanson le mccoy garrett burton
fuller wang weber welch rojas lucas marquez fields park yang little banks padilla day walsh bowman schultz luna fowler mejia
muller müller mueller schneider fischer becker schulz bauer koch schafer schäfer richter klein wolf schröder neumann schwarz
zimmermann braun kruger krüger hofmann hartmann lange schmitt werner krause meier lehmann schmid schulze maier köhler herrmann
könig walter mayer huber kaiser fuchs peters lang scholz möller weiß jung hahn vogel friedrich keller günther frank berger
winkler roth beck lorenz baumann franke albrecht schuster simon ludwig böhm winter kraus schumacher vogt stein jäger otto
rossi russo ferrari esposito bianchi romano colombo ricci marino greco bruno gallo conti costa giordano mancini rizzo
lombardi moretti barbieri fontana dubois durand leroy moreau laurent lefebvre michel bertrand roux vincent fournier
girard bonnet dupont lambert fontaine rousseau blanc guerin faure mercier boyer tanaka suzuki sato takahashi watanabe ito
yamamoto nakamura kobayashi kato yoshida yamada sasaki okafor okonkwo adeyemi mensah owusu khan ali ahmed hussain begum
malik sheikh cohen levy mizrahi peretz kaya yilmaz demir celik novak svoboda nagy kovacs toth horvath kowalski nowak
andersson johansson karlsson nilsson eriksson larsson olsson persson jansen devries bakker visser smit meijer dekker
pereira oliveira souza rodrigues ferreira alves lima gomes ribeiro carvalho almeida kruse mcgregor
`;

export const SURNAMES: ReadonlySet<string> = new Set(NAMES.trim().split(/\s+/));

/** Patronymics and family endings: Slavic, Nordic, Dutch, Iberian, Italian, Greek, Armenian, Georgian, Baltic, English. */
const ENDINGS =
  /(?:ov|ova|ová|ev|eva|ová|ský|ská|ski|ska|cki|wicz|vich|vić|ić|ič|enko|chuk|yuk|sen|sson|son|dóttir|dottir|sdotter|quist|qvist|gren|lund|berg|ström|strom|stein|mann|meyer|meier|maier|eau|eaux|ault|ier|ière|elli|etti|ini|oni|ucci|ez|es|opoulos|idis|akis|yan|ian|dze|shvili|escu|eanu|aitis|auskas|nen|ez|oğlu|oglu|man|wood|ford|ton|ley|field|worth|well|stra|sma|inga)$/;

/** Does the word end like a surname? Weak: many other words do too. */
export const endsLikeSurname = (word: string): boolean => word.length > 4 && ENDINGS.test(word);
