/**
 * Given names, from public knowledge of what people are called in Europe, the Americas, Asia and Africa; written for
 * this project, no list was copied. Not complete and not meant to be: words around a name count as much.
 */

const NAMES = `
james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark donald steven
paul andrew joshua kenneth kevin brian george timothy ronald edward jason jeffrey ryan jacob gary nicholas eric jonathan
stephen larry justin scott brandon benjamin samuel gregory alexander frank patrick raymond jack dennis jerry tyler aaron jose
adam nathan henry douglas zachary peter kyle noah ethan jeremy walter christian keith roger terry austin sean gerald carl
harold dylan arthur lawrence jordan jesse bryan billy bruce gabriel joe logan alan juan albert willie elijah wayne randy
vincent mason roy ralph bobby russell bradley philip phillip eugene liam oliver lucas lukas leo theodore oscar felix max
hugo louis luis carlos jorge miguel pedro antonio francisco manuel rafael fernando diego alejandro javier sergio ricardo
eduardo roberto mario andres pablo raul enrique ramon victor hector ruben cesar alvaro ignacio gonzalo rodrigo santiago
mateo emilio ernesto gustavo guillermo arturo jaime joaquin esteban tomas nicolas julio ivan adrian alfredo alberto armando
mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty sandra margaret ashley kimberly
emily donna michelle carol amanda melissa deborah stephanie rebecca sharon laura cynthia dorothy amy kathleen angela shirley
emma brenda pamela nicole anna samantha katherine christine helen debra rachel carolyn janet maria catherine heather diane
olivia julie joyce victoria ruth virginia lauren kelly christina joan evelyn judith andrea hannah megan cheryl jacqueline
martha madison teresa gloria sara janice ann kathryn abigail sophia frances jean alice judy isabella julia grace amber
denise danielle marilyn beverly charlotte natalie theresa diana brittany doris kayla alexis lori marie jillian erin kendra
misty gladys tara beth katie kate kathy susanne sue ellen anne annie jane jenny leslie lindsay vanessa veronica wendy yvonne
claire chloe ella mia amelia harper evelyn aria lily zoe nora hazel violet aurora lucy ruby eva elsa ida alma clara agnes
rosa carmen pilar dolores lucia elena isabel sofia valentina camila mariana gabriela daniela paula adriana alejandra beatriz
silvia monica raquel cristina marta ines irene lourdes mercedes esperanza consuelo ximena florencia agustina antonella
joao paulo rui nuno tiago vasco goncalo duarte leonor beatriz matilde catarina rita mafalda joana luana thiago caio leticia
pierre jean jacques francois michel alain philippe olivier laurent thierry pascal guillaume julien mathieu antoine luc
marcel rene yves gilles etienne emile camille chantal brigitte sylvie isabelle nathalie celine aurelie elodie manon lea
margaux amelie colette odette genevieve monique francoise mireille sandrine veronique fabien cedric damien romain baptiste
hans peter klaus jurgen jürgen wolfgang dieter uwe manfred gerhard heinz helmut werner karl kurt otto fritz friedrich ludwig
stefan steffen andreas matthias michael sebastian tobias florian jonas jan sven torsten thorsten ralf rainer bernd jens
ulrich dirk holger marco marcel dominik fabian moritz philipp lars niklas finn anja petra sabine monika ursula ingrid
renate helga gisela brigitte karin silke heike kerstin katrin claudia birgit ute anke jana lena lea leonie johanna
franziska greta lotte heidi hildegard gertrud liesel kornelia manuela ute jutta christa bettina maike maika
giovanni giuseppe antonio marco luca andrea francesco alessandro matteo lorenzo davide simone federico stefano paolo
roberto riccardo luigi vincenzo salvatore pietro giorgio enzo dario fabio massimo claudio sergio rolando giulia chiara
francesca martina alessia elisa silvia valentina federica giorgia paola simona roberta laura ilaria serena bianca
jan piet kees willem hendrik johannes cornelis pieter dirk gerrit bram daan sem lars thijs jeroen sander maarten joost
anouk femke sanne lotte fleur maud marieke saskia mieke annelies natasja
lars erik anders johan nils per mikael magnus karl fredrik henrik olof gustav axel bjorn björn sven leif torbjorn gunnar
ingrid astrid karin birgitta kerstin lena annika helena eva elin linnea maja ebba sigrid solveig ragnhild gunhild tove
christoffer bertil jesper kasper rasmus mads mikkel soren søren jens niels anne mette kirsten hanne lone pia camilla ida
freja sofie cecilie ole knut haakon terje geir odd arne trond stein morten espen silje ingeborg marit liv turid
matti juhani antti jari timo kari mika jukka pekka heikki markku ville lauri aino eeva liisa anneli riitta tuula
impi kaisa sanna minna paivi elina aleksi eero olli tapio veikko
jon sigurdur gudmundur olafur einar kristjan magnus ingþór halldór þórólfur ástríður gréta agatha sigríður guðrún
piotr krzysztof andrzej tomasz pawel paweł marcin michal michał jakub mateusz lukasz łukasz kamil wojciech grzegorz adam
jan stanislaw zbigniew marek jerzy tadeusz bonifacy benedykta anna katarzyna agnieszka malgorzata barbara ewa magdalena
joanna monika zofia hanna aleksandra alicja dorota beata iwona danuta jadwiga kuba
jiri jiří jan petr josef pavel martin tomas tomáš jaroslav miroslav zdenek václav vaclav karel milan jana eva hana lenka
katerina kateřina alena vera ludmila zdenka růžena bozena zuzana lucie tereza veronika marketa
janos istvan laszlo jozsef zoltan ferenc sandor gabor gábor attila csaba tamas balazs gergely csenger matyas erzsebet
ilona katalin judit agnes eszter zsofia beatrix júlia reka orsolya piroska timea aniko
ivan marko luka ante josip tomislav zeljko darko darijo goran dragan milan nikola stefan aleksandar milos dusan vuk ana
marija ivana jelena milica dragana snezana vesna mirjana jasmina lejla amra emina dan mirko vladimir zoran bojan
andrej matej gregor rok ales primoz nina maja tina petra spela nuska
ion vasile gheorghe mihai andrei alexandru stefan cristian florin radu bogdan ioana elena andreea mihaela alina roxana
georgi dimitar petar hristo todor boris donka desislava ralitsa violeta stoyan plamen
nikos giorgos yannis dimitris kostas panagiotis vasilis christos eleni maria katerina sofia georgia despina ioanna
aleksandr alexei aleksei dmitri dmitry sergei sergey vladimir nikolai mikhail yuri igor oleg boris pavel anton denis
maxim maksim artem roman ruslan timur vadim vitaly vsevolod kirill ilya stanislav olga tatiana tatyana natalia natasha
irina svetlana ekaterina galina ludmila nadezhda oksana yulia ksenia daria polina asya alyona sumaya saidakhmad
mehmet mustafa ahmet ali hasan huseyin ibrahim osman murat emre can burak deniz cem kerem fatma ayse emine hatice zeynep
elif merve esra selin defne
mohammed muhammad mohamed ahmed ahmad mahmoud hassan hussein omar khalid abdullah abdul ibrahim youssef yusuf karim samir
tariq walid ziad nabil rashid faisal hamza bilal imran salman adnan fatima fatma aisha khadija maryam zainab layla leila
noor nour huda amina salma yasmin rania dina hala samira nadia farah
david moshe yosef avraham yitzhak yaakov shlomo avi eitan noam itai tamar yael noa shira michal rivka miriam esther
raj rajesh ravi sanjay vijay anil sunil amit rahul rohit arjun vikram suresh ramesh mahesh deepak manoj ashok arun kumar
sachin nikhil aditya krishna priya pooja anjali neha sunita anita kavita meena lakshmi divya shreya ananya leena radha
wei fang lei jing ying xiu ming hua jun hui yan ping qiang yong jie bo xin yu hao chen tao feng
hiroshi takashi kenji satoshi akira kazuo makoto yuki haruto riku kenjirou tokie kotoya yuko keiko akiko sakura hana aiko
naoko emi rin tomoko kenta daisuke shinji taro ichiro
minjun jihoon seojun hyun jiwoo soo-jin jisoo hana yuna
nguyen minh tuan hung linh lan mai thuy hoa
chidi chinedu emeka ngozi ifeoma adaeze amara oluwaseun tunde kwame kofi ama akua abena yaw thabo sipho nomsa lerato zanele
tendai farai juma amani baraka neema wanjiku kamau otieno
celina kornelia elita antti csilla danival alvir dale darlene dustin fletcher harriet joel kyra laurie lidia lindsey maslin
melanie morgan neil nelson nigel owen penelope perry phoebe quentin quinn reginald rhonda rosemary ross rupert sally
sheila sherry sidney simon stacey stanley stella stuart sylvia tammy ted tiffany tim todd tom tony tracy travis trevor
valerie wallace wanda warren willow yolanda yvette zara gavin gareth geoffrey gordon graham harry hilary howard hugh ian
isaac jasmine jay jeff jill jim joanna johnny josephine josh judy karl kim kirk kristen kristin kurt lance lee leon leonard
lewis lloyd lorraine lynn malcolm marcus marian marion marjorie marsha marshall marvin maureen maurice maxine mildred milton
mitchell monique naomi natasha ned nick norma norman olive pam pauline peggy phil phyllis priscilla ramona ray regina rex
rick rita robin rodney roland ron rosa rosie roxanne sam seth shane shannon shaun shawn sophie spencer steve stewart sydney
taylor tanya ursula vera vernon vicki vivian wesley wilma winston abby abigail adele aidan alana alberta alec alexandra
alfred alice alison allan allen alvin angelo angie antoinette april arlene arnold audrey barry beatrice becky belinda ben
bernadette bernard bernice bert bertha bessie bethany blake bob bonnie brad brent brett bridget brooke bryant caleb calvin
cameron candace carla carmen caroline carrie casey cassandra cecil cecilia chad charlene charlie chester chris christy
cindy clarence claude clayton clifford clinton clyde cody colin colleen connie connor corey courtney craig crystal curtis
daisy damon dana dean debbie della derek derrick desmond dominic don dora doreen dorothea doug duane dwayne dwight earl
eddie edgar edith edmund edna edwin eileen elaine eleanor eli ellis elmer eloise elsie ernest esther ethel eunice evan
everett faith faye felicia fiona flora florence floyd fred freda freddie frederick gail gene georgina geraldine gilbert
gina ginger glen glenda glenn gwen gwendolyn hope horace ira irma irving isabel jackie jacqueline jake jan janine jared
`;

/** In lower case. Names that are common English words count only with more of a name beside them. */
export const GIVEN_NAMES: ReadonlySet<string> = new Set(NAMES.trim().split(/\s+/));
