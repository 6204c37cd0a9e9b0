/** Countries, states, capitals and large cities. Public knowledge, written for this project. In lower case. */

const COUNTRIES = `afghanistan|albania|algeria|andorra|angola|argentina|armenia|australia|austria|azerbaijan|bahamas|bahrain|
bangladesh|barbados|belarus|belgium|belize|benin|bhutan|bolivia|bosnia|bosnia and herzegovina|botswana|brazil|brunei|bulgaria|burkina faso|
burundi|cambodia|cameroon|canada|cape verde|chad|chile|china|colombia|comoros|congo|costa rica|croatia|cuba|cyprus|czechia|
czech republic|denmark|djibouti|dominica|dominican republic|ecuador|egypt|el salvador|england|eritrea|estonia|eswatini|ethiopia|fiji|
finland|france|gabon|gambia|germany|ghana|gibraltar|greece|greenland|grenada|guam|guatemala|guinea|guyana|haiti|honduras|hong kong|hungary|
iceland|india|indonesia|iran|iraq|ireland|israel|italy|ivory coast|jamaica|japan|jersey|kazakhstan|kenya|kiribati|kosovo|kuwait|
kyrgyzstan|laos|latvia|lebanon|lesotho|liberia|libya|liechtenstein|lithuania|luxembourg|macau|macedonia|madagascar|malawi|malaysia|
maldives|mali|malta|mauritania|mauritius|mexico|micronesia|moldova|monaco|mongolia|montenegro|morocco|mozambique|myanmar|
namibia|nauru|nepal|netherlands|new zealand|nicaragua|niger|nigeria|north korea|northern ireland|norway|oman|pakistan|palau|palestine|
panama|papua new guinea|paraguay|peru|philippines|poland|portugal|puerto rico|qatar|romania|russia|rwanda|samoa|san marino|
saudi arabia|scotland|senegal|serbia|seychelles|sierra leone|singapore|slovakia|slovenia|somalia|south africa|south korea|spain|
sri lanka|sudan|suriname|sweden|switzerland|syria|taiwan|tajikistan|tanzania|thailand|togo|tonga|trinidad|tunisia|turkey|
turkmenistan|tuvalu|uganda|ukraine|united arab emirates|united kingdom|united states|uruguay|uzbekistan|vanuatu|vatican|
venezuela|vietnam|wales|yemen|zambia|zimbabwe|usa|u.s.|u.s.a.|uk|uae|great britain|britain|america|faroe islands|åland islands|
svalbard|réunion|martinique|guadeloupe|bermuda|aruba|curaçao|cayman islands|isle of man|french guiana|new caledonia|greenland`;
const STATES = `alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|georgia|hawaii|idaho|illinois|
indiana|iowa|kansas|kentucky|louisiana|maine|maryland|massachusetts|michigan|minnesota|mississippi|missouri|montana|nebraska|
nevada|new hampshire|new jersey|new mexico|new york|north carolina|north dakota|ohio|oklahoma|oregon|pennsylvania|rhode island|
south carolina|south dakota|tennessee|texas|utah|vermont|washington|west virginia|wisconsin|wyoming|ontario|quebec|alberta|
british columbia|manitoba|nova scotia|saskatchewan|queensland|new south wales|tasmania|bavaria|catalonia|andalusia|tuscany|
sicily|normandy|brittany|provence|flanders|wallonia|saxony|hesse|tyrol|punjab|kerala|gujarat|maharashtra|hokkaido|okinawa`;
const CITIES = `london|paris|berlin|madrid|rome|vienna|brussels|amsterdam|lisbon|dublin|athens|budapest|prague|warsaw|bucharest|sofia|
belgrade|zagreb|ljubljana|bratislava|copenhagen|stockholm|oslo|helsinki|reykjavik|tallinn|riga|vilnius|minsk|kyiv|kiev|moscow|
saint petersburg|istanbul|ankara|izmir|tbilisi|yerevan|baku|tehran|baghdad|damascus|beirut|jerusalem|tel aviv|haifa|amman|cairo|
alexandria|tunis|algiers|casablanca|rabat|marrakesh|lagos|abuja|accra|dakar|abidjan|nairobi|kampala|addis ababa|khartoum|
johannesburg|cape town|durban|pretoria|harare|lusaka|luanda|kinshasa|mumbai|delhi|new delhi|bangalore|bengaluru|hyderabad|chennai|
kolkata|pune|ahmedabad|jaipur|karachi|lahore|islamabad|dhaka|colombo|kathmandu|bangkok|hanoi|ho chi minh city|saigon|jakarta|
manila|kuala lumpur|beijing|shanghai|guangzhou|shenzhen|chengdu|wuhan|taipei|seoul|busan|incheon|tokyo|osaka|kyoto|nagoya|sapporo|
yokohama|fukuoka|sydney|melbourne|brisbane|perth|adelaide|canberra|auckland|wellington|christchurch|toronto|montreal|vancouver|
ottawa|calgary|edmonton|winnipeg|halifax|los angeles|chicago|houston|phoenix|philadelphia|san antonio|san diego|dallas|san jose|
austin|jacksonville|fort worth|columbus|charlotte|san francisco|indianapolis|seattle|denver|boston|el paso|nashville|detroit|
oklahoma city|portland|las vegas|memphis|louisville|baltimore|milwaukee|albuquerque|tucson|fresno|sacramento|kansas city|mesa|
atlanta|omaha|colorado springs|raleigh|miami|oakland|minneapolis|tulsa|tampa|arlington|new orleans|cleveland|pittsburgh|
cincinnati|orlando|st. louis|buffalo|newark|anchorage|honolulu|salt lake city|mexico city|guadalajara|monterrey|tijuana|havana|
san juan|santo domingo|kingston|guatemala city|managua|bogota|bogotá|medellin|cali|quito|lima|la paz|santiago|buenos aires|
cordoba|rosario|montevideo|asuncion|sao paulo|são paulo|rio de janeiro|brasilia|salvador|fortaleza|belo horizonte|curitiba|recife|
porto alegre|caracas|hamburg|munich|münchen|cologne|köln|frankfurt|stuttgart|düsseldorf|dusseldorf|dortmund|essen|leipzig|bremen|
dresden|hannover|nuremberg|nürnberg|duisburg|bochum|bonn|münster|karlsruhe|mannheim|augsburg|wiesbaden|weimar|zurich|zürich|geneva|basel|
bern|lausanne|salzburg|graz|linz|innsbruck|milan|milano|naples|napoli|turin|torino|palermo|genoa|bologna|florence|firenze|venice|verona|
barcelona|valencia|seville|zaragoza|malaga|bilbao|granada|porto|braga|coimbra|marseille|lyon|toulouse|nice|nantes|strasbourg|
montpellier|bordeaux|lille|rennes|antwerp|ghent|bruges|liege|rotterdam|the hague|utrecht|eindhoven|groningen|manchester|birmingham|
liverpool|leeds|sheffield|bristol|newcastle|nottingham|leicester|southampton|oxford|cambridge|brighton|edinburgh|glasgow|
aberdeen|cardiff|belfast|cork|galway|gothenburg|malmö|uppsala|bergen|trondheim|stavanger|aarhus|odense|aalborg|espoo|tampere|
turku|oulu|krakow|kraków|lodz|łódź|wroclaw|wrocław|poznan|poznań|gdansk|gdańsk|szczecin|lublin|katowice|brno|ostrava|plzen|debrecen|szeged|pécs|cluj|
timisoara|iasi|plovdiv|varna|thessaloniki|patras|nicosia|larnaka|larnaca|limassol|valletta|dubai|abu dhabi|doha|riyadh|jeddah|mecca|kuwait city|
manama|muscat|nyc|brooklyn|manhattan|queens|bronx|hollywood|silicon valley`;

const setOf = (text: string): ReadonlySet<string> => new Set(text.split(/\|\s*/).map((name) => name.trim()));

export const COUNTRY_NAMES = setOf(COUNTRIES);
const OTHERS = [setOf(STATES), setOf(CITIES)];

/** Is this the name of a country, state or city? In lower case. */
export const isPlace = (name: string): boolean => COUNTRY_NAMES.has(name) || OTHERS.some((names) => names.has(name));
