"""Two invented readouts and an invented transcript."""

import pytest

HARBOUR = """Harbour Renewal: Alva Brandt asks for patience with the docks\u00a0

Norlundian Prime Minister Alva Brandt looks at a dry dock in Tarnvik, southern Norlund’s Aster Province, March 14, 2023. /Norpress

Norlundian Prime Minister Alva Brandt on Tuesday asked the port towns for patience while the docks of the southern coast are rebuilt.

“We will not leave one yard behind,” Brandt said during her visit to the city of Tarnvik, in the south of the country.

The yards once built half of the ferries of the region, among them the three largest that are still at sea.

Brandt puts safety of dock workers first

The prime minister was also told about the new sea wall.
"""

VINEYARDS = """ date 2021-10-12 Tomas Okello Chairs a Meeting on Vineyards and Irrigation

On October 9th, President Tomas Okello chaired a meeting in Belmara, Sorrel Province to talk about irrigation of the vineyards. During the meeting, he gave a long address.

The meeting was attended by Lia Fenn, Director of the Water Board, and Ruben Asha, Vice Premier of the Council of State. Officials from Sorrel and Durn reported on the wells.

President Okello stressed that water must be shared. He called for new channels and for cheaper pumps.

In conclusion, President Okello expressed confidence in the growers.
"""

TRANSCRIPT = """Fellow citizens of the islands,

I thank you for the welcome. On May 3, 1961, our parents signed the charter in Old Ferry, and we honour them. President Ada Moss stood here, and she said that we must be patient.

My friends, we shall build a bridge. I ask you to help us. On Tuesday I met the builders in Quill, and they told me that our work begins in June.
"""


@pytest.fixture
def harbour():
    return HARBOUR


@pytest.fixture
def vineyards():
    return VINEYARDS


@pytest.fixture
def transcript():
    return TRANSCRIPT
