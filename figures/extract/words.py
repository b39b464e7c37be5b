"""Closed classes of English words that the reading of credits looks at or steps over.

They are grammar, not knowledge of the world: what can speak, report or be named stands in the lexicon.
"""

from __future__ import annotations

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


DETERMINERS: Final = _words(
    "the a an this that these those its his her their our my another one some several many most all both other "
    "same such two three four five each every"
)
INDEFINITE: Final = _words("a an some several many most another one")
PRONOUNS: Final = _words("he she it they")
LEADING: Final = _words(
    "meanwhile however earlier later also separately but and still yet then so now only even so-called today "
    "yesterday reportedly while as because although though since when after before that where whereas if both"
)
LINKS: Final = _words("of for at in from with to by on")
BASED: Final = _words("rich based linked affiliated backed owned aligned headquartered")
PERSON_PRONOUNS: Final = _words("he she")
ROLES: Final = _words(
    "official officials officer officers spokesman spokeswoman spokesperson source sources head director chief "
    "minister governor mayor president chairman leader commander secretary doctor commissioner man woman witness "
    "prosecutor ambassador judge senator general captain deputy analyst expert economist professor lawyer "
    "candidate coroner sheriff ombudsman prefect rector reporter correspondent activist premier resident activists "
    "medic"
)
SPOKESPEOPLE: Final = _words("spokesman spokeswoman spokesperson spokesmen spokespeople spokespersons")
MINISTRY: Final = _words("ministries ministry")
FORCES: Final = _words("army military navy")
DEFENCE: Final = _words("defence defense")
POLICE: Final = _words("constabulary police")
PLAIN_POLICE: Final = _words("spokesman spokeswoman spokesperson official officials officer officers source sources")
COMMON_NAME_WORDS: Final = _words("al el de da dos van von der den la le bin ibn abu ben del di du st")
CARDINAL_SITES: Final = _words(
    "hospital university ministry police command council institute agency centre center department bank committee "
    "college clinic organisation organization office service bureau observatory union association company "
    "authority school army commission coalition administration directorate museum laboratory foundation society "
    "municipality governorate"
)
PRAISE: Final = _words(
    "nonpartisan non-partisan bipartisan independent respected influential conservative liberal local"
)
GENERIC_OWNERS: Final = _words(
    "country's island's nation's republic's kingdom's state's city's region's province's town's world's"
)
LABELS: Final = _words(
    "association utility union unions group agency newspaper daily broadcaster company firm bank charity "
    "organisation organization federation party network monitor bureau operator institute website channel airline "
    "site outlet portal magazine tracker coalition alliance consortium tabloid weekly"
)
WITNESS_WORDS: Final = _words(
    "witness resident survivor villager eyewitness neighbour neighbor passenger shopkeeper bystander mother father"
)
PORTFOLIOS: Final = _words(
    "the and state defense defence health human services education labor labour energy commerce agriculture "
    "interior treasury transportation transport justice finance foreign affairs security homeland trade "
    "environment housing urban development veterans public works economy industry culture science technology "
    "information immigration migration elections communications police operations civil aviation emergency "
    "situations disaster management statistics planning water women social welfare"
)
PORTFOLIO_END: Final = _words("affairs")
UNITS: Final = _words("county governorate municipality prefecture")
OFFICES: Final = _words("president governor mayor premier chancellor commissioner sheriff king pope ambassador")
REGIONS: Final = _words(
    "western eastern northern southern european african asian arab kurdish islamic muslim christian catholic "
    "jewish latin nordic baltic"
)
NOT_LOOSE: Final = _words("government ministry police army military defence prefecture county city officials")
STOPS: Final = _words(
    "that which who whom whose where when while whereas but because as since if though although unless until than "
    "or nor was were is are be been being am will would could should may might must can cannot do does did has "
    "have had not there here what how why after before during despite amid among including following against into "
    "onto over under between through about without within near around upon via across"
)
WOUNDED: Final = _words(
    "killed wounded injured dead missing hurt displaced arrested destroyed damaged detained trapped died homeless"
)
TIMES: Final = _words(
    "yesterday today tonight week month year day night morning afternoon evening late early last this next same "
    "earlier later noon midday midnight weekend hours hour ago quarter statement just time"
)
WEEKDAYS: Final = _words("monday tuesday wednesday thursday friday saturday sunday")
MONTHS: Final = _words(
    "january february march april may june july august september october november december jan feb mar apr jun "
    "jul aug sep sept oct nov dec mid-january mid-march mid-june mid-november"
)
SKIPPED: Final = _words(
    "has have had also later earlier then further additionally reportedly again repeatedly initially previously "
    "now still only already recently once separately meanwhile even never been since therefore thus both all "
    "however first finally too ever just often always long sometimes"
)
PREPOSITIONS: Final = _words("in on at by via during after through from to before for with over of under about upon")
CLAUSE: Final = _words("; although but though whereas while – —")
QUOTES: Final = frozenset(['"', "“", "”", "«", "»", "‘", "’", "„"])
ENDS: Final = frozenset([".", "!", "?", ";", ":", ",", ")", "”", '"', "»", "—", "–", "’", "]"])
NUMBER_WORDS: Final = _words(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands "
    "million millions billion dozen dozens scores several half tens"
)
BEFORE_NUMBER: Final = _words(
    "at least more less fewer nearly almost about around some over up to under roughly approximately an estimated "
    "as many much no below above close just exactly only the a between from $ € £ another additional total of"
)
AMBIGUOUS: Final = _words(
    "report reports claim claims count counts estimate estimates list lists record records project projects note "
    "notes state states forecast forecasts document documents fear fears rate rates measure measures comment "
    "comments post posts ask show shows find finds name names set sets cut cuts log logs place places point "
    "points figure tally update updates release releases issue issues track tracks address reply remark remarks "
    "repeat detail details register quote quotes survey poll screen request requests demand demands offer offers "
    "seizes process promise promises pledge pledges vow vows appeal appeals stress hint hints joke jokes accuse "
    "suspect suspects urge urges call calls threat recommend attack attacks blast blasts label labels brand "
    "brands signal signals contest contests question questions doubt doubts protest protests guess guesses answer "
    "answers object objects raise raises put puts hold stands stand talk talks leave aim aims"
)
DISASTERS: Final = _words(
    "storm storms hurricane typhoon cyclone earthquake quake blast blasts explosion explosions attack attacks "
    "bomb bombs bombing bombings fire fires flood floods war conflict violence strike strikes raid raids disease "
    "outbreak epidemic virus tsunami landslide crash accident shelling tornado wildfire wildfires famine cholera "
    "ebola eruption clashes fighting people militants militant victims figures figure numbers number toll tolls "
    "rate rates price prices"
)
HAPPENINGS: Final = _words(
    "storm storms hurricane typhoon cyclone earthquake quake blast blasts explosion explosions attack attacks bombing "
    "bombings fire fires flood floods strike strikes raid raids landslide crash accident shelling tornado wildfire "
    "shooting shootings assault assaults ambush killing killings assassination massacre hijacking kidnapping"
)
NOBODYS: Final = _words("any no nobody none neither every each either")
UNVOUCHED: Final = _words(
    "new newer latest recent initial early first preliminary provisional partial final revised updated unconfirmed "
    "conflicting further fresh current earlier previous exit"
)
ADJECTIVES: Final = ("al", "ic", "ary", "ive", "ous", "ent", "ible", "able")  # how adjectives end
TELLING: Final = _words("tell tells told telling inform informs informed informing")
HEARERS: Final = _words(
    "reporters journalists lawmakers parliament deputies councillors councilors state television radio news "
    "agency conference briefing broadcaster newspaper tv channel correspondent correspondents"
)
WHO: Final = _words("which who")
INQUIRY: Final = _words(
    "surveyed polled interviewed examined analysed analyzed compared reviewed questioned screened asked"
)
ISSUING: Final = _words("release releases released publish publishes published issue issues issued")
ISSUED: Final = _words("released published conducted issued commissioned carried")
GIVING: Final = _words("give gives gave given")
REVISING: Final = _words(
    "raise raises raised raising lower lowers lowered lowering cut cuts cutting revise revises revised revising "
    "set sets setting update updates updated updating"
)
# What bodies have or do besides counting: not "the ministry has 4,000 cases" but "has 4,000 employees".
NO_COUNTS: Final = _words(
    "employee employees worker workers staff staffers seat seats member members office offices branch branches "
    "hearing hearings meeting meetings rally rallies event events speech speeches interview interviews vote votes "
    "vacancy vacancies lawyers agents delegate delegates lead majority stake share shares percent per point "
    "points plane planes ship ships school schools store stores lawmakers senators deputies supporters followers "
    "% volunteers clients customers voters fund-raisers fundraisers debates debate talks session sessions ministers "
    "judges justices soldiers troops officers reporters journalists correspondents dollars euros pounds"
)
# What many do whom nobody quotes: only the deed of a body with a name stands for its word.
GIVERS: Final = _words(
    "approve approves approved reject rejects rejected spend spends spent offer offers offered donate donates "
    "donated allocate allocates allocated lend lends lent commit commits committed provide provides provided "
    "deliver delivers delivered contribute contributed process processes processed"
)
LAWMAKERS: Final = _words(
    "house senate congress parliament council committee assembly party campaign legislature commons lords "
    "bundestag republicans democrats knesset duma"
)
POLITICIANS: Final = _words(
    "republican democrat congressman congresswoman lawmaker senator representative candidate nominee billionaire "
    "businessman businesswoman front-runner frontrunner president-elect politician incumbent challenger contender "
    "mogul tycoon newcomer conservative liberal socialist centrist independent"
)
SEEN: Final = _words(
    "seen obtained reviewed viewed examined heard polled surveyed interviewed consulted questioned canvassed contacted "
    "quoted cited"
)
FEMALE: Final = _words(
    "spokeswoman chairwoman congresswoman councilwoman businesswoman woman mother queen daughter princess sister wife "
    "widow actress waitress mrs ms lady"
)
MALE: Final = _words(
    "spokesman chairman congressman councilman businessman man father king son prince brother husband uncle priest "
    "imam pope bishop mr alderman"
)
IN_OWN_NAME: Final = _words(
    "former commentator columnist contributor ex pundit host anchor blogger analyst historian author critic"
)
AIDES: Final = _words(
    "ambassador envoy adviser advisor aide aides advisers assistant counsel deputy counselor spokesman spokeswoman "
    "delegate"
)
INTENDING: Final = _words(
    "want wants wanted wanting intend intends intended intending aim aims aimed aiming plan plans planned planning "
    "seek seeks sought seeking offer offers offered offering"
)
UNSPEAKING: Final = _words("i we you having nobody everybody anybody somebody everyone anyone someone nothing being")
SURVEYS: Final = _words("poll polls survey surveys census")
STANDINGS: Final = _words("ahead behind leading trailing tied up down at with winning losing beating even")
AUXILIARIES: Final = _words("is was are were has had have will would can could may might must should did does do")
OPINION: Final = _words(
    "believe believes believed think thinks thought fear fears feared agree agrees agreed expect expects expected "
    "hope hopes hoped suspect suspects suspected doubt doubts doubted assume assumes assumed guess guesses "
    "guessed"
)
DESKS: Final = _words("room desk unit team staff post line branch wing arm cell headquarters")
NEAR: Final = _words("near outside inside into toward towards around against between across")
SHOUTED: Final = _words("AM AN AND ARE CAN HAS IS IT OF US WHO")
SPRING: Final = _words("april august june march may jan")
HELD_BY_BODIES: Final = _words(
    "have has had carry carries carried contain contains contained include includes included hold holds held"
)
MISGIVINGS: Final = _words("concern concerns alarm alarms doubt doubts question questions objection objections")
# Nouns more often than verbs: "60 suspects, and", "answers to 12 questions".
NOUNS_FIRST: Final = _words(
    "suspect suspects contest contests question questions answer answers object objects signal signals doubt "
    "doubts guess guesses attack attacks call calls label labels brand brands blast blasts echo echoes"
)
# A plan with a number is no claim about it, unless the number is what is promised: "a promise of 80,000 homes".
PROPOSING: Final = _words(
    "plan plans proposal proposals promise promises pledge pledges vow offer demand demands call threat hope fear "
    "line belief argument arguments model models score expectation expectations goal"
)
# They join a phrase to a speaker: "a person close to the talks", "officials briefed on the plan".
JOINED: Final = _words("close familiar briefed involved acquainted informed")
OF_VERBS: Final = _words("speak speaks spoke spoken speaking talk talks talked talking know knows knew")
BY_VERBS: Final = _words("stand stands stood stick sticks stuck")
CLAUSAL: Final = _words("say says said saying tell tells told telling warn warns warned insist insists insisted")
HAD: Final = _words("had has have")
ABBREVIATIONS: Final = _words(
    "mr mrs ms mx dr prof gen lt col maj capt sgt cpl pvt sen rep gov st mt ft jr sr no nos vs inc ltd co corp "
    "bros jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun ala ariz "
    "ark calif colo conn del fla ill ind kan ky md mass mich minn miss mont neb nev okla ore pa penn tenn tex vt "
    "va wash wis wyo rev hon brig adm cmdr insp supt det asst messrs approx est etc al e.g i.e cf fig u.s u.n u.k "
    "u.s.a e.u d.c ph.d rs km sq hr hrs min sec dept univ ave blvd rd gov't mil"
)
# Words that end sentences as often as they are abbreviations: only a digit behind them makes them one.
BEFORE_DIGIT: Final = _words("no nos fig sat sun mar may jun sec min miss ill ind wash mass")
