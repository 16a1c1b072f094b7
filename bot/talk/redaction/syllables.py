"""The syllables Vietnamese names are made of, as common knowledge has them; nothing here is taken from a person.

People write with and without diacritics. A word with them must be the very syllable (hộ is no Hồ); a word without may
stand for any, unless it is more often something else (duong is a road, lam is to do).
"""

from __future__ import annotations

import unicodedata


def words(text: str) -> frozenset[str]:
    """The words of a table written as running text."""
    return frozenset(text.split())


def _plain(table: frozenset[str]) -> frozenset[str]:
    """*table* without diacritics."""
    letters = unicodedata.normalize("NFD", " ".join(table).replace("đ", "d"))
    return words("".join(letter for letter in letters if not unicodedata.combining(letter)))


_FAMILIES = words(
    "nguyễn trần lê phạm huỳnh hoàng phan vũ võ đặng bùi đỗ hồ ngô dương lý đào đoàn vương trịnh trương đinh "
    "lâm phùng mai tô hà tạ thái lương lưu chu châu kiều cao tống triệu quách lữ tôn nghiêm tăng mạc diệp "
    "giáp doãn nông hứa cù đàm khổng ung zơ zơrâm alăng bling briu bh'riu ating coor"
)
_GIVEN = words(
    "an anh ánh ân ái bách bảo bằng băng bích bình bội bửu cẩm canh cát chánh chân chi chí chinh chính chung "
    "chương công cương cường cúc dân danh di diễm diên diễn diệp diệu dung dũng duy duyên dương đan đăng đạo "
    "đạt đình định đoan đông đồng đức gia giang giao hà hạ hải hân hằng hạnh hào hảo hậu hiên hiền hiển hiếu "
    "hiệp hoa hòa hoà hoài hoan hoàn hoàng hoành hồng hợp huân huấn huệ hùng huy huyền huỳnh hưng hương hường "
    "hướng hữu kha khải khang khanh khánh khiêm khoa khoá khôi khuê khương kiên kiệt kiều kim kỳ lam lan lâm "
    "lập lệ liêm liên liễu linh loan lộc lợi long lụa luân luận lương lượng lưu ly lý mai mạnh mẫn mi miên "
    "minh mộng mơ my mỹ nam nga ngà ngân nghi nghĩa nghiêm ngọc nguyên nguyệt nhã nhàn nhân nhất nhật nhi nhị "
    "nhiên như nhung nhựt ninh nữ nương oanh phát phi phong phú phúc phước phụng phương phượng quang quân quế "
    "quốc quý quyên quyền quyết quỳnh sa san sang sáng sâm sơn sương sỹ tài tâm tân tấn tạo thạch thạnh thái "
    "thắm thanh thành thảo thắng thi thị thiên thiện thiệp thiệu thịnh thơ thoa thoại thông thơm thu thư thuận "
    "thục thùy thuỳ thúy thuý thủy thuỷ thuyên thụy thương thường tiên tiến tín tình tịnh toàn toản tố trà "
    "trâm trân trang tráng tri trí triết triều trinh trọng trúc trung trực trường tú tuân tuấn tuệ tùng tuyên "
    "tuyền tuyết tường tưởng tỷ uyên vân văn vi viên vinh việt vĩnh vọng vũ vui vượng vy xuân xuyến ý yên yến "
    "yển"
)
_NOT_FAMILIES = words("to duong truong chu chau ta do")  # plain, they are a road, a school, a grandchild …
_NOT_GIVEN = words(
    "co cong cha con di do du hop khoa lam lap sa sang tai thi tam van tri truong thuong duong nhat tu mat lieu"
)
FAMILIES = _FAMILIES | (_plain(_FAMILIES) - _NOT_FAMILIES)
GIVEN = _FAMILIES | _GIVEN | (_plain(_FAMILIES | _GIVEN) - _NOT_GIVEN)
SURE = words(  # families that are hardly ever another word, written so
    "nguyễn trần lê phạm huỳnh hoàng vũ võ đặng bùi đỗ hồ ngô dương đào đoàn trịnh trương đinh lâm phùng "
    "nguyen tran le pham huynh hoang bui trinh phung"
)
