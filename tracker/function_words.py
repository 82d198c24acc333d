"""Function words: the few that tell which language a text is in, and the lists that carry no content."""

from __future__ import annotations

# The commonest words of a language; a word of several languages tells less. Kin are told apart by what only one of them writes.
TELLING: dict[str, str] = {
    "en": "the of and to in is that for are with this our have has was by from not we which its will it on as be",
    "de": "der die und das den von zu mit des ist auf für nicht ein eine dem im sich wir auch als es an werden sind unsere haben hat uns wird über bei "
    "nur",
    "fr": "le la les de des et du en un une que dans pour est qui nous sur pas au ce avec par plus sont notre aux il nos ont sera leur cette ces avons",
    "es": "el la los las de que y en un una por con para del se es al lo como más su no nuestro nuestra son este ha nuestros nuestras hemos han muy "
    "estamos todos",
    "it": "il la di che e in un una per con del della i le non si è dei gli nel alla sono più da delle anche questo al sarà siamo molto ne abbiamo "
    "hanno nostri tutti",
    "pt": "o a os as de que e em um uma do da dos das para com não por no na se é ao mais nosso nossa são como foi nossos nossas este esta muito muitos "
    "estamos nós pelo pela",
    "ca": "el la els les de que i en un una per amb del dels és al no més aquest aquesta hem nostre nostra són als ha",
    "ro": "și în de la cu care este din pe nu a se o un că pentru sunt ale mai fi au noastră noastre prin acest al noștri această după sau către fost",
    "nl": "de het een van en in is dat te op zijn met voor niet aan er om ook als dan maar wij onze worden deze bij naar",
    "sv": "och att det i en som på är av för med den till inte vi har om ett de så vår från kan ska också vara eller mycket hur blir denna nu bara vid "
    "alla hade vad våra mot här",
    "da": "og at det i en som på er af for med den til ikke vi har om et de så vores fra kan skal også være eller blev mere efter meget hvor bliver "
    "denne nu kun ved alle havde hvad noget vil",
    "nb": "og å at det i en som på er av for med den til ikke vi har om et de så vår fra kan skal også være eller ble mer etter mye hvor blir denne nå "
    "bare ved alle hadde hva noe vil",
    "fi": "ja on ei että se hän oli mutta myös kun niin ovat kuin me mukaan tämä joka sekä olemme meidän jo voi tai ole",
    "et": "ja on ei et see oli aga ka kui me meie mis oma selle või ning siis oleme nii kes saab eest ära üle",
    "hu": "a az és hogy nem is egy van ez meg de mint csak már volt vagy el minden ki azt mi lesz kell amely",
    "pl": "i w na z się nie do to że jest o jak po co za od tak dla przez są ale oraz nasz nasze które być",
    "cs": "a v se na je že s z do o i to jsme jako pro by ale za jsou který které naše také tak jen být aby při mají bude velmi máme čekali žijí tady "
    "všechny",
    "sk": "a v sa na je že s z do o i to sme ako pre by ale za sú ktorý ktoré naše tiež tak len byť aby pri majú bude veľmi",
    "sl": "in v je na se da za so z ki tudi ne s smo kot bi pa ali po naš naše o bo biti ni lahko pri tega",
    "hr": "i u je na se da za su koji koje od smo kao bi ali po naš naše o će biti nije ili što iz s sa to",
    "lt": "ir į iš kad yra su ne tai buvo kaip bet apie dėl mes mūsų arba per nuo bus turi šis jau tik",
    "lv": "un ir ar uz no ka par tas kas bija bet kā mēs mūsu vai pie lai arī nav būs šo tiek pēc",
    "sq": "dhe të e në i për me që një nuk është se nga u do ka ne këtë janë por më si po duke",
    "tr": "ve bir bu da de için ile çok olarak daha olan gibi en kadar sonra var ne biz ki değil her bizim ama",
    "id": "yang dan di dari untuk dengan ini itu pada tidak dalam akan kita adalah ke kami telah juga oleh bagi bahwa karena lebih sudah",
    "vi": "và của là các có trong được cho không những với một này đã người chúng ta để khi cũng đến từ về như",
    "sw": "na ya wa kwa ni katika za la cha kuwa hii au pia yetu sisi lakini hayo hilo wetu kama ili vya watu",
    "ru": "и в не на что с по как это к но из мы за от для о у то так все его был также которые нашей наша этого много они только очень есть",
    "uk": "і в не на що з та як це до але у ми за від для про й то так все його був також які нашої наша є цей наші нас дуже тільки багато бути",
    "be": "і ў не на што з як гэта да але мы за ад для пра так усё яго быў таксама якія нашай наша ёсць у",
    "bg": "и в не на че с се как това за но от ние по до е да са който които също нашата ще или към през този нашите много само бъде нас",
    "sr": "и у је на се да за су који које од смо као би али по наш наше о ће бити није или што из с са то",
    "mk": "и во е на се да за кои кој од сме како би но по наш нашата ќе бидат не или што со ова ги",
    "ar": "في من على إلى أن هذا هذه التي الذي عن مع كان كما لا ما أو بين قد لم بعد ذلك هو هي نحن كل سوف جدا إنه لقد كانت",
    "fa": "و در به از که این را با است برای آن یک ما خود تا بر هم شد نیز های می باید ولی بود",
    "ur": "کے کی میں اور ہے کا کو سے نے پر کہ یہ ہیں کر ہم بھی تھا جو نہیں ایک اس لئے ہمارے ہو",
    "hi": "के है में की और का को से ने पर कि यह हैं हम भी था जो नहीं एक इस लिए हमारे हो कर",
    "mr": "आहे आणि च्या या ते ही हे तर की आम्ही नाही होते मध्ये साठी असे आहेत त्या करण्यात पण आपल्या",
    "ne": "छ र को का मा ले यो हो पनि लागि छन् गर्न हामी भएको त्यो थियो गरेको हाम्रो तथा सबै",
}  # fmt: skip

# The letters of other scripts and the languages that are written in them.
SCRIPTS: tuple[tuple[str, str], ...] = (
    ("\u0370-\u03ff\u1f00-\u1fff", "el"), ("\u0400-\u052f", "ru uk be bg sr mk kk ky tg mn"), ("\u0531-\u058f", "hy"), ("\u0590-\u05ff", "he"),
    ("\u0600-\u06ff\u0750-\u077f", "ar fa ur ps ug ckb sd"),
    ("\u0900-\u097f", "hi mr ne sa"),
    ("\u0980-\u09ff", "bn"), ("\u0a00-\u0a7f", "pa"), ("\u0a80-\u0aff", "gu"), ("\u0b00-\u0b7f", "or"), ("\u0b80-\u0bff", "ta"),
    ("\u0c00-\u0c7f", "te"), ("\u0c80-\u0cff", "kn"), ("\u0d00-\u0d7f", "ml"), ("\u0d80-\u0dff", "si"), ("\u0e00-\u0e7f", "th"), ("\u0e80-\u0eff", "lo"),
    ("\u0f00-\u0fff", "bo"), ("\u1000-\u109f", "my"), ("\u10a0-\u10ff", "ka"), ("\u1200-\u139f", "am"), ("\u1780-\u17ff", "km"),
    ("\u1100-\u11ff\u3130-\u318f\uac00-\ud7af", "ko"),
)  # fmt: skip

ENGLISH = """
a an the this that these those such some any no every each either neither both all another other i me my mine myself we us our ours ourselves you your
yours yourself yourselves he him his himself she her hers herself it its itself they them their theirs themselves one's who whom whose which what whoever
whatever whichever someone somebody something anyone anybody anything everyone everybody everything nobody nothing none of in on at to from by for with
without within into onto upon over under above below between among amongst through throughout during before after since until till against about across
along around behind beside besides beyond despite down up off out near toward towards via per as than like unlike amid except regarding and or but nor so
yet if unless although though because while whereas whether when whenever where wherever why how once that's am is are was were be been being have has had
having do does did doing done will would shall should can could may might must ought not only also too very just even still already again ever never then
there here now thus hence therefore however moreover furthermore more most less least much many few several own same rather quite almost don't doesn't
didn't isn't aren't wasn't weren't haven't hasn't hadn't won't wouldn't shan't shouldn't can't couldn't mustn't needn't cannot i'm i've i'll i'd we're
we've we'll we'd you're you've you'll you'd he's he'll he'd she's she'll she'd it's it'll they're they've they'll they'd there's here's what's who's
where's how's let's s t ll re ve d m
"""

CHINESE = """
的 了 和 与 及 以及 是 在 有 也 又 都 就 而 而且 并 并且 或 或者 但 但是 不 没 没有 不是 这 那 这个 那个 这些 那些 这样 那样 这里 那里
我 你 您 他 她 它 我们 你们 他们 她们 它们 自己 大家 各 每 某 其 其他 其中 此 之 所 者 于 以 从 自 由 向 对 对于 关于 把 被 给 为 为了
因 因为 因此 所以 如果 虽然 然而 则 即 若 使 让 将 会 能 能够 可 可以 要 应 应该 必须 得 地 着 过 到 上 下 中 里 内 外 前 后 间 时 等
等等 很 更 最 较 比 还 再 已 已经 正 正在 曾 曾经 仍 仍然 只 只有 才 不仅 不但 同时 既 无论 不论 什么 怎么 如何 哪 哪些 谁 几 多少 一
一个 一些 一种 个 们 吗 呢 吧 啊 呀 么 通过 根据 按照 作为 随着 除了 至 至于 跟 同 像 如 那么 于是 以来 以上 以下 之间 之后 之前 之一
"""

GERMAN = """
der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner keines dieser diese dieses diesen diesem jener jene jenes jenen
jenem jeder jede jedes jeden jedem alle allen aller alles manche mancher solche solcher welche welcher welches welchen welchem ich mich mir mein meine
meinen meinem meiner meines wir uns unser unsere unseren unserem unserer unseres du dich dir dein deine ihr ihre ihren ihrem ihrer ihres er ihn ihm sein
seine seinen seinem seiner seines sie es ihnen sich man selbst einander wer wen wem wessen was etwas nichts jemand niemand einige einiger einigen von vom
zu zum zur mit nach bei beim aus auf für durch gegen ohne um an am in im ins über unter vor hinter neben zwischen seit während wegen trotz bis ab außer
gegenüber innerhalb außerhalb sowie und oder aber denn sondern doch weil dass daß wenn ob als wie obwohl damit indem bevor nachdem falls sobald sodass je
desto weder noch entweder bin bist ist sind seid war waren warst gewesen sei seien wäre wären werde wird werden wurde wurden worden würde würden habe hat
haben hatte hatten hätte hätten gehabt kann können könnte könnten konnte konnten muss müssen musste mussten müsste müssten soll sollen sollte sollten will
wollen wollte wollten darf dürfen durfte mag möchte nicht auch nur noch schon sehr so mehr hier dort da dann nun jetzt immer nie wieder also sogar etwa
eben gerade bereits dabei dafür daran darauf daraus darin darüber davon dazu dadurch hierzu hin her wo wohin woher wann warum weshalb deren dessen denen
dies viel viele vielen wenig wenige beide beiden andere anderen anderer anderes
"""

FRENCH = """
le la les l un une des du de d au aux ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs quel quelle quels quelles je j me m
moi tu te t toi il elle on nous vous ils elles se s lui eux y en soi même mêmes celui celle ceux celles ceci cela ça qui que qu quoi dont où lequel
laquelle lesquels lesquelles tout toute tous toutes chaque plusieurs quelque quelques aucun aucune autre autres certains certaines rien personne à dans par
pour sur avec sans sous entre vers chez contre depuis pendant avant après dès jusque jusqu malgré parmi selon hors envers afin et ou mais donc or ni car si
comme quand lorsque lorsqu puisque puisqu parce tandis alors ainsi quoique suis es est sommes êtes sont étais était étions étaient été être sera seront
serait seraient soit soient fut furent serons ai as a avons avez ont avais avait avions avaient eu avoir aura auront aurait auraient ait aient aurons fait
faire peut peuvent pouvons pouvoir pourra pourrait doit doivent devons devoir devra devrait faut veut veulent voulons ne n pas plus moins très trop bien
aussi encore déjà toujours jamais ici là non oui peu beaucoup tant tel telle tels telles lors puis c'est qu'il qu'elle qu'ils n'est d'un d'une l'on s'est c
qu'on qu'un qu'une j'ai n'a n'ont d'être c'était
"""

SPANISH = """
el la los las lo un una unos unas al del este esta esto estos estas ese esa eso esos esas aquel aquella aquello aquellos aquellas mi mis tu tus su sus
nuestro nuestra nuestros nuestras vuestro vuestra vuestros vuestras suyo suya suyos suyas cada todo toda todos todas otro otra otros otras mismo misma
mismos mismas algún alguna alguno algunos algunas ningún ninguna ninguno varios varias mucho mucha muchos muchas poco poca pocos pocas tan tanto tanta
tantos tantas cual cuales yo me mí tú te ti él ella ello nosotros nosotras nos vosotros os ellos ellas le les se sí usted ustedes quien quienes que qué
cuyo cuya cuyos cuyas algo nada alguien nadie de a en por para con sin sobre entre hasta desde hacia contra según durante mediante ante bajo tras y e o u
pero sino ni si porque pues aunque como cuando donde mientras así entonces luego también tampoco soy eres es somos son era eran fue fueron sido ser será
serán sería sea sean siendo estoy está estamos están estaba estaban estar estará esté he has ha hemos han había habían haber habrá habría haya hayan
hay hubo tengo tiene tenemos tienen tener tenía puede pueden podemos poder podrá podría debe deben debemos deber no más menos muy ya aún todavía siempre
nunca aquí ahí allí hoy bien sólo solo
"""

ITALIAN = """
il lo la i gli le l un uno una del dello della dei degli delle al allo alla ai agli alle dal dallo dalla dai dagli dalle nel nello nella nei negli nelle
sul sullo sulla sui sugli sulle col coi questo questa questi queste quello quella quelli quelle quei quegli ciò ogni tutto tutta tutti tutte altro altra
altri altre io me mi noi ci tu te ti voi vi lui lei egli ella esso essa loro si sé mio mia miei mie nostro nostra nostri nostre vostro vostra suo sua suoi
sue che chi cui quale quali quanto dove come quando perché mentre se anche ma e ed o od però né quindi dunque poi così pure di a da in con su per tra fra
senza sotto sopra dopo prima verso contro durante secondo sono sei è siamo siete era erano stata stati state essere sarà saranno sarebbe sia siano ho
hai ha abbiamo avete hanno aveva avevano avere avrà avrebbe abbia può possono possiamo potere deve devono dobbiamo dovere vuole vogliamo non più meno molto
molti già ancora sempre mai qui là solo c'è dell all dall nell sull
"""

PORTUGUESE = """
o a os as um uma uns umas do da dos das no na nos nas ao à aos às pelo pela pelos pelas num numa dum duma este esta isto estes estas esse essa isso esses
essas aquele aquela aquilo aqueles aquelas deste desta destes destas neste nesta desse dessa nesse nessa meu minha meus minhas teu tua seu sua seus suas
nosso nossa nossos nossas eu me mim tu te ti ele ela nós eles elas lhe lhes se si você vocês que quem qual quais cujo cuja onde tudo todo toda todos todas
cada outro outra outros outras mesmo mesma algum alguma alguns algumas nenhum nenhuma vários várias muito muita muitos muitas pouco poucos algo nada alguém
ninguém de em por para com sem sobre sob entre até desde contra durante ante após perante e ou mas nem porém porque pois se como quando enquanto embora
assim então também sou és é somos são era eram foi foram sido ser será serão seria seja sejam estou está estamos estão estava estar ter tem têm temos tinha
tenho haver há houve pode podem podemos poder deve devem devemos não mais menos muito já ainda sempre nunca aqui ali só
"""

RUSSIAN = """
и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по только ее её мне было вот от меня еще ещё нет о об из ему теперь когда даже
ну ли если уже или ни быть был него до вас нибудь уж вам ведь там потом себя ничего ей может они тут где есть надо ней для мы тебя их чем была сам чтоб
чтобы без чего раз тоже себе под будет ж тогда кто этот того потому этого какой ним здесь этом один почти мой тем нее неё были при над об про через между
эти нас всех них какая много разве эту моя свою этой перед иногда лучше чуть том нельзя такой им более всегда конечно всю также это эта которые который
которая которое которых которой которым наш наша наше наши нашей нашего наших нашим нам нами свой своей своих своего тех те такие такая самых чтобы поэтому
"""

OWN: dict[str, str] = {
    "en": ENGLISH, "zh": CHINESE, "de": GERMAN, "fr": FRENCH, "es": SPANISH, "it": ITALIAN, "pt": PORTUGUESE, "ru": RUSSIAN,
}  # fmt: skip
