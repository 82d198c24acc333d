"""Themes that three real corpora are known to have, named before any drafted list was looked at.

The first ones of each corpus are those of `../shared/checks/known_shifts.csv`, where they are merged when they name one subject; the others are
what anybody who has read a few of the speeches would name. A theme is a regular expression that a whole term has to match.
"""

KNOWN = {
    "ungdc": {
        "terrorism": r"(counter-?)?terror\w*( .*)?|international terrorism|.* terrorism",
        "climate change": r"climate( .*)?|.*(global )?warming|greenhouse.*|emissions?.*|kyoto.*|copenhagen.*|paris agreement",
        "sustainable development goals": r"sdgs?|sustainable development( goals?)?|(the )?2030( agenda.*)?|agenda for sustainable development",
        "millennium development goals": r"mdgs?|millennium( development goals?| declaration.*| goals?)?|development goals",
        "financial and food crisis": r"(.* )?(financial|economic|food) cris[ei]s|food( prices?| security)?|recession|banks?|financial",
        "isil, ebola": r"isil|isis|daesh|da'esh|ebola.*|islamic state",
        "nuclear weapons and disarmament": r"nuclear.*|disarmament.*|non-?proliferation.*|.*nuclear weapons?|.*mass destruction|proliferation.*",
        "israel and palestine": r"israel\w*.*|palestin\w+.*|.*middle east.*|gaza.*",
        "security council reform": r"(reform of the )?security council( .*)?|permanent (members?|seats?)|.*council reform|reform\w*( .*)?|veto.*",
        "human rights": r"human rights.*|.*human rights|fundamental freedoms",
    },
    "sotu": {
        "terrorism": r"terror\w*.*|al ?qa.*|afghanistan|taliban|homeland.*|iraq\w*|saddam.*|weapons of mass destruction",
        "financial crisis and recovery": r"recession\w*|banks?|banking|credit|lending|recovery|wall street|(financial|economic) crisis|crisis|mortgages?",
        "second world war": r"(world )?war( effort| production)?|enem(y|ies)|japan\w*|nazi\w*|axis.*|tanks|planes|victory|allies|hitler\w*",
        "pandemic": r"pandemic.*|covid.*|virus\w*|vaccin\w+|coronavirus|masks",
        "ukraine and russia": r"ukrain\w+|russia\w*|putin\w*|nato|kyiv",
        "energy": r"energy.*|oil.*|opec|gasoline|fuels?|coal|petroleum|.* energy|natural gas",
        "soviet union and cold war": r"soviet.*|communis\w+|nicaragua\w*|sandinistas?|strategic defense.*|cold war",
        "taxes": r"tax\w*.*|revenues?|.* tax(es)?|tax cuts?",
        "health care": r"health.*|medicare|medicaid|.*health (care|insurance)|insurance|medical.*|hospitals?|doctors?|prescription.*",
        "education": r"schools?|education\w*|teachers?|students?|.*schools?|.* education|college\w*",
    },
    "gwr_zh": {
        "new productive forces, artificial intelligence": r"新质生产力|.*人工智能.*|未来产业|.*科技自立自强|低空经济|数字.*",
        "epidemic": r".*疫情.*|疫苗.*|.*防控|新冠.*|.*非典.*|传染病",
        "financial crisis": r".*金融危机.*|.*金融.*风险.*|金融.*|银行",
        "innovation and entrepreneurship": r".*创新.*|.*创业.*|互联网.*|科技.*|.*科研.*",
        "poverty": r".*脱贫.*|.*扶贫.*|.*贫困.*",
        "agriculture and villages": r"农业.*|农村.*|农民.*|粮食.*|.*乡村.*|农产品|耕地|种粮.*",
        "state enterprises": r"国有.*|国企.*|企业改革|现代企业制度|.*所有制.*",
        "environment and carbon": r".*污染.*|.*生态.*|.*环境.*|.*环保.*|.*碳.*|.*节能.*|.*减排.*",
        "education": r".*教育.*|学校|教师|高校|学生|.*办学.*",
        "taiwan, hong kong, macao": r"台湾.*|两岸.*|.*一国两制.*|香港.*|澳门.*|港澳.*|.*统一",
    },
}
