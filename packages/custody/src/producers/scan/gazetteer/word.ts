/** Words that start with a capital without being the name of a person or a place. In lower case. */

export const COMMON_WORDS: ReadonlySet<string> = new Set(
  `a about above account ache actually after again against all also although always am amazing an and another answer any anyone anything are aren't as ask at atm available awesome back bad
  battery be because been before being best better between big bill billing black block blue book bot both bought box bring but buy by call came can can't cannot car card cards change charge check
  child clear close club come comes cool corner could couldn't country credit customer customers date day days dear debit definitely delivered delivery did didn't different do does doesn't don't done down driver during each
  easy either email end english enough even event every everybody everyone everything excellent expected family far fast favorite fax few find fine first five follow for formerly four free friend from full gave get
  give glad go god goes going good got government great green guess guilty had happy hardly has hasn't have haven't having he he's hello help her here here's hers hey hi him his home hope how however i i'd i'll i'm i've iban id if in
  inject instead instructions into is isn't it it's its just keep kind know last later lately left less let let's life like little long look looking lost lot love made mail make manager many may maybe me mean meet member
  message might mine miss mobile money more morning most mostly mother much must my name need never new next nice night no nobody not nothing now number of off office often oh ok okay old on once one ones online only open or order orders other our ours out over own paid
  part pay people perfect perhaps person phone place please point portfolio previously price producer product prior problem procedure producer prompt put quality question quite rather read really received recently recommend red regards religion remember
  reply restaurant returned review right said sales same save say says see seems send sent she she's shipping should show since sincerely size small so social some somebody someone something song soon sorry sound speak special ssn started statement
  still stop story street such sure take team tell thank thanks that that's the their theirs them then there there's these they they're thing things think this those though three through thus till time title to today tomorrow tonight too total tried true try two under
  unfortunately unless unlike until up update upon us use used user using usually very wait want wanted was wasn't watch way we we'll we're we've website well went were weren't what what's when where whether which while white who who's whole whom whose why will
  with within without won't work working works would wouldn't write written year years yes yesterday yet you you'd you'll you're you've your yours zip address bank city state mr mrs ms dr prof sir madam mobile desk tel cc attn re fw fwd ps pm am tv usb cd dvd pc vip faq asap sim gps led hd uhd pdf sql api url http https html css json xml csv ok usd eur gbp
  select insert update delete where users null true false error warning info debug figure table chapter section article treaty union european act law court house senate congress president minister queen king prince princess royal church university college school hospital institute
  department ministry office company corporation group holdings partners association foundation society league party army navy police museum library theater theatre hotel airport station park bridge river lake mountain island beach bay valley county district province region village town square street avenue road
  north south east west northern southern eastern western central upper lower greater city independence day christmas easter thanksgiving halloween ramadan hanukkah weekly magazine times post news daily tribune journal herald
  january february march april june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun
  two three four five six seven eight nine ten hundred thousand million billion dozen half quarter android iphone ipad windows linux mac google amazon apple microsoft facebook instagram twitter youtube netflix spotify uber paypal visa mastercard amex samsung sony nike adidas
  additionally billing bye cheers congrats desktop download format gift install jan kid kids large medium note ordered overall package pleasure plus pros cons quick refund replacement seller service shop store stars suite apt unit tribute title version warranty
  orchestra battery entertainment guardian band album rock roll fan concert novel film movie single tour record records label studio studios music pop classical version weekly
  labor country leader human husband wife daughter son brother sister father mom dad friend guy man woman boy girl lady`.split(
    /\s+/,
  ),
);

/** People and languages of countries: not places and not names. */
export const isDemonym = (word: string): boolean =>
  /^(?:american|british|english|french|german|spanish|italian|dutch|swedish|norwegian|danish|finnish|icelandic|polish|czech|slovak|hungarian|austrian|swiss|belgian|portuguese|greek|turkish|russian|ukrainian|romanian|bulgarian|croatian|serbian|slovenian|bosnian|estonian|latvian|lithuanian|irish|scottish|welsh|chinese|japanese|korean|vietnamese|thai|indian|pakistani|israeli|arab|arabic|iranian|iraqi|egyptian|moroccan|nigerian|kenyan|african|asian|european|canadian|mexican|brazilian|argentinian|argentine|chilean|colombian|peruvian|cuban|australian|jewish|muslim|christian|catholic|hindu|buddhist|latin|hebrew|hispanic|latino)s?$/.test(
    word,
  );

/** What a company or institution is called after its name, or what its name is made of. */
export const isOrganisationWord = (word: string): boolean =>
  /^(?:inc|llc|ltd|gmbh|ag|corp|co|plc|sa|nv|bv|oy|ab|as|group|holdings?|partners|associates|company|corporation|foundation|institute|university|college|school|bank|insurance|services?|systems?|solutions?|technolog(?:y|ies)|labs?|software|media|networks?|capital|ventures|investments?|energy|health|healthcare|medical|pharma|consulting|analytics|data|global|international|national|american|club|orchestra|association|council|agency|department|ministry|bureau|center|centre|society|union|commission|research|development|logistics|transit|traffic|press|news|reports?|journal|times|records|studios?|entertainment|motors?|airlines?|industries|enterprises|financial|realty|properties|factoring|brothers|sons|works|explorer|ratings?|weather|scientific|abstracts|innovation|intelligence|information|impact|legal|open|public|social|digital|cloud|web|mobile|smart|green|civic|consumer|maps?|charts?|stack|hub)$/.test(
    word,
  );
