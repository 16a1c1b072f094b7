"""What of a procedure is asked, in the ways people ask it, and whether a question is only that."""

from __future__ import annotations

import pytest

from bot.base.model import Base
from bot.matching.aspects import ASPECTS
from bot.matching.matcher import Matcher
from bot.matching.normalise import fold

ASKED = {
    "documents": [
        "Đi nhập tịch cho vợ người Lào thì phải trình những loại giấy tờ nào?",
        "ra xã đổi tên lót cho con gái thì đem theo cái chi hả cô",
        "Thành phần hồ sơ đề nghị hưởng hưu trí xã hội",
        "muon xin nha tinh thuong phai chuan bi nhung gi",
        "lam so ho ngheo co can photo can cuoc hong",
        "đăng ký xe cũ cần mấy tấm hình vậy anh",
        "tờ khai khai tử lấy mẫu nào để điền",
        "hs chuyen truong gom nhung j z ad",
        "không có giấy chứng sinh được không ạ",
        "nop ban chinh hay ban sao cung duoc",
        "which papers should I take along for my son's passport",
        "xin trợ cấp tuất kèm theo giấy gì nữa không",
    ],
    "fee": [
        "Sang tên xe máy hết bao nhiêu vậy em?",
        "Lệ phí trích đo thửa đất được quy định thế nào?",
        "doi bang lai qua the nhua mat may tram ngan",
        "xin so nha co mat phi gi khong",
        "sao y mười bản bnhiu",
        "làm lại thẻ thương binh có phải đóng tiền chi không hè",
        "ho ngheo co duoc mien le phi k",
        "nhận nuôi trẻ bị bỏ rơi phải nộp bao nhiêu tiền",
        "giá chứng thực chữ ký một lần là mấy đồng",
        "khai tử có tốn kém không chú",
        "how much do I have to pay for a marriage certificate copy",
        "is it free to register a death",
    ],
    "time": [
        "Cấp sổ đỏ lần đầu phải chờ bao lâu mới có?",
        "nop don ly lich tu phap may bua nua lay duoc",
        "Thời hạn giải quyết hồ sơ tách thửa",
        "chừng nào thì có thẻ mới rứa em",
        "bao gio moi co ket qua giam dinh",
        "ký chứng thực có lấy liền được không",
        "doi cavet xe co lau khong chi",
        "hôm nào quay lại lấy giấy được vậy cô",
        "phải đi khai trong vòng mấy ngày kể từ lúc mất",
        "gia hạn tạm trú trước bao nhiêu ngày",
        "how many working days until the land book is ready",
        "làm nhanh nhất là mấy hôm",
    ],
    "place": [
        "Muốn xin xác nhận khuyết tật thì tới bộ phận nào?",
        "nop giay bao mat bien so o mo",
        "đổi thẻ đảng viên xong giờ qua đâu",
        "lam giam dinh thi len tinh hay o huyen",
        "em thường trú Huế mà ở trọ Hòa Khánh, kết hôn ở nơi tạm trú được không",
        "hoi chuyen tro cap thi gap ai vay",
        "Cơ quan nào có thẩm quyền cấp phép xây dựng nhà ở riêng lẻ?",
        "chỗ nào làm giấy tờ xe vậy bác",
        "thu bay xa co lam viec khong",
        "sáng mấy giờ mở cửa vậy chị",
        "where do I hand in the form for a new house number",
        "xa khac chung thuc giup duoc khong hay phai ve que",
    ],
    "online": [
        "Đổi giấy phép lái xe qua cổng dịch vụ công được không?",
        "dk tam vang tren dien thoai ntn",
        "lý lịch tư pháp gửi bưu điện về tận nhà được không",
        "co nop qua mang duoc ko ban",
        "khỏi lên xã mà nộp hồ sơ được không",
        "lam the bhyt bang vneid sao em",
        "ngồi nhà làm trích lục được không chị",
        "xin cap lai giay kinh doanh o nha nop duoc k",
        "đăng ký cư trú trên web nào",
        "thi ket qua co gui ve nha khong",
        "can I do the temporary residence online",
        "can we apply online or by mail",
    ],
    "who": [
        "Chồng đi biển, vợ ký thay đơn được không?",
        "ong noi di lam giay khai sinh cho chau co duoc khong",
        "ai phải đi báo tử cho người sống một mình",
        "e di 1 minh duoc k hay phai ca 2 vo chong",
        "có thể ủy quyền cho con trai đi nhận sổ không",
        "lam can cuoc cho be co can dan be theo khong",
        "bà ngoại đứng ra xin giấy giám hộ được không",
        "nho nguoi nha nop giup duoc khong",
        "khai tạm trú thì chủ trọ hay người thuê phải khai",
        "đăng ký kết hôn có bắt buộc phải có mặt cả hai không",
        "can my daughter collect the card for me",
        "who has to sign the request for a household split",
    ],
    "late": [
        "Báo tạm vắng trễ thì có sao không?",
        "khai tu muon ca nam co bi phat ko",
        "mức phạt khi không đăng ký lưu trú cho khách",
        "de hon 60 ngay moi di lam co bi phat tien khong",
        "quên gia hạn giấy phép xây dựng bây giờ làm răng",
        "con 2 tuoi gio moi lam khai sinh co con kip khong",
        "đi trễ hạn đổi thẻ thì bị xử lý thế nào",
        "khong khai bao tam tru bi phat bao nhieu tien",
        "lỡ quá hạn nộp thuế môn bài rồi em ơi",
        "qua 30 ngay moi sang ten xe thi sao",
        "is there a fine if we report the death too late",
        "nộp chậm mấy bữa có bị gì không",
    ],
    "conditions": [
        "Bao nhiêu tuổi thì được hưởng trợ cấp người cao tuổi?",
        "nguoi nuoc ngoai co duoc mua dat khong",
        "Điều kiện để được vay vốn hộ cận nghèo",
        "co bang lai het han co duoc chay xe khong",
        "đất nông nghiệp có được cất chòi không ạ",
        "truong hop nao duoc doi ho cho con",
        "xây chuồng heo có phải xin phép hông",
        "khi nào thì con được hưởng tiền tuất của cha",
        "cuoi con chu con bac duoc khong",
        "đối tượng nào được miễn nghĩa vụ quân sự",
        "do I need a permit to build a fence",
        "am I eligible for unemployment money",
    ],
    "result": [
        "Mỗi tháng người cao tuổi được lãnh bao nhiêu?",
        "tro cap cho ba me don than la may tram mot thang",
        "giấy độc thân có giá trị trong mấy tháng vậy",
        "duoc ho tro bao nhieu tien mai tang",
        "thẻ căn cước dùng được mấy năm thì hết",
        "hộ nghèo được hưởng những quyền lợi gì",
        "phieu ly lich tu phap de lam gi vay",
        "sổ hộ khẩu cũ còn giá trị không",
        "mức trợ cấp một lần cho thân nhân liệt sĩ",
        "nghi viec dong 5 nam bao hiem duoc nhan may thang luong",
        "how long is the certificate valid",
        "how much support will a poor family receive",
    ],
}
NONE_IN_PARTICULAR = [
    "đăng ký nhận cha cho con",
    "nha em moi sinh be trai, can lam giay khai sinh",
    "xin cấp lại bằng lái bị mất",
    "sổ đỏ bị nhòe tên, muốn đổi sổ khác",
    "Thủ tục nhận nuôi con nuôi trong nước như thế nào?",
    "lam sao de tach khau cho con trai ra rieng",
    "muốn bán hàng qua mạng thì đăng ký hộ kinh doanh thế nào",
    "ba tui liet si, gio muon lam che do tho cung thi lam rang",
    "chị em dâu ngoài Huế muốn chuyển hộ khẩu về nhà chồng",
    "xin xac nhan ho can ngheo cho con di hoc",
    "đất có sổ mà không có lối đi, giờ muốn xin xác nhận",
    "cho tui hoi thu tuc lam ho chieu",
    "mẹ không biết chữ muốn lập di chúc để nhà cho em út",
    "cách thức khiếu nại quyết định thu hồi đất ra sao",
    "how can I replace a lost birth certificate",
    "con mất giấy tờ tùy thân phải làm gì",
]


@pytest.mark.parametrize("aspect", ASPECTS)
def test_the_asked_aspect_is_found(matcher: Matcher, aspect: str) -> None:
    others = {asked: found for asked in ASKED[aspect] if (found := matcher.match(asked).aspect) != aspect}

    assert others == {}


def test_a_matter_alone_or_how_to_do_it_asks_for_no_aspect(matcher: Matcher) -> None:
    assert {asked: found for asked in NONE_IN_PARTICULAR if (found := matcher.match(asked).aspect) is not None} == {}


FOLLOWING = {
    "documents": [
        "rồi đem gì theo",
        "the can giay to gi",
        "vậy phải chuẩn bị những gì hả em",
        "mang theo cai chi rua",
        "hồ sơ gồm những gì vậy",
        "co can anh the khong",
        "cần mấy bản",
        "nop ban chinh hay ban sao",
    ],
    "fee": [
        "thế bao nhiêu tiền?",
        "het nhieu tien z",
        "có mất phí không ạ",
        "the ton bao nhieu",
        "rứa hết mấy đồng",
        "le phi sao em",
        "có miễn phí không",
        "vay co phai dong tien khong",
    ],
    "time": [
        "mấy ngày có",
        "may ngay xong",
        "thế bao lâu thì lấy được ạ",
        "bao gio co ket qua",
        "chừng nào xong rứa",
        "lam co lau khong em",
        "còn thời gian thì sao, mất bao lâu",
        "co lay lien duoc k",
    ],
    "place": [
        "nộp chỗ nào",
        "rua nop o mo",
        "ra đâu làm hả em",
        "den cho nao vay",
        "nộp ở xã được không",
        "phai len huyen hay o xa",
        "thế gặp ai",
        "may gio mo cua",
    ],
    "online": [
        "còn online thì sao",
        "lam tren mang dc k",
        "thế nộp qua mạng được không chị",
        "gui buu dien duoc khong",
        "ở nhà làm được không",
        "co gui ve nha khong a",
        "qua app được không em",
        "khoi len xa duoc khong",
    ],
    "who": [
        "ai đi làm cũng được hả",
        "nho nguoi khac nop thay duoc khong",
        "vợ đi thay được không",
        "di mot minh duoc khong",
        "có phải cả hai vợ chồng cùng đi không",
        "ai phai ky",
        "thế làm giùm được không em",
    ],
    "late": [
        "trễ có bị phạt không",
        "lam tre thi sao",
        "nếu muộn thì bị phạt bao nhiêu",
        "qua han roi co sao khong",
        "giờ mới làm còn kịp không",
        "co bi phat tien khong",
        "rứa có bị gì không",
    ],
    "conditions": [
        "có được không em",
        "can dieu kien gi",
        "thế mấy tuổi mới được",
        "co bat buoc khong",
        "khi nào thì phải làm",
        "truong hop nao duoc lam",
    ],
    "result": [
        "được bao nhiêu",
        "moi thang duoc bao nhieu tien",
        "giấy đó có giá trị bao lâu",
        "dung duoc may nam",
        "thế được hưởng những gì",
        "giay nay de lam gi",
    ],
}
OF_THEIR_OWN = [
    "giấy khai sinh bao nhiêu tiền",
    "lam can cuoc het bao nhieu",
    "sổ đỏ mấy ngày có",
    "tach khau o dau",
    "kết hôn online được không",
    "khai tu ai di lam",
    "đổi bằng lái trễ có bị phạt không",
    "bao hiem y te dong bao nhieu",
    "thẻ thương binh cần giấy tờ gì",
    "xay nha co phai xin phep khong",
    "tiền mai táng được bao nhiêu",
    "giay doc than co gia tri may thang",
    "còn hộ nghèo thì sao, cần gì",
    "the con khai sinh thi bao nhieu tien",
    "lý lịch tư pháp nộp chỗ nào",
    "di chuc lam o xa duoc khong",
    "tạm trú mấy ngày xong",
    "nhap khau cho vo can gi",
    "xe máy sang tên hết nhiêu",
    "ho chieu lam o dau",
    "vợ đi khai sinh thay được không",
    "giam ho ai duoc lam",
    "thừa kế phải đóng tiền gì không",
    "cho thue nha tre co bi phat khong",
    "hưu trí xã hội mỗi tháng bao nhiêu",
    "nghi viec may thang thi duoc lanh that nghiep",
    "con nuôi có phải đóng phí không",
    "chung thuc chu ky lam online duoc k",
    "khuyết tật nặng được hưởng gì",
    "mat the bao hiem lam o mo",
    "dẹp tiệm có tốn tiền không",
    "doi ten cho con co duoc khong",
    "thế còn vợ em thì làm căn cước ở đâu",
    "roi nha cua minh xin so nha o dau",
    "đất vườn lên thổ cư mất bao lâu",
    "bien so xe gay doi o dau",
    "nghĩa vụ quân sự mấy tuổi",
    "hoc phi co duoc mien khong",
    "biển số hỏng thì lấy mấy ngày",
    "vay von can dieu kien gi",
    "where do I register a marriage",
    "how much is a birth certificate",
]


@pytest.mark.parametrize("aspect", ASPECTS)
def test_a_question_of_nothing_but_an_aspect_is_bare(matcher: Matcher, aspect: str) -> None:
    matches = [matcher.match(asked) for asked in FOLLOWING[aspect]]

    assert [(one.question, one.aspect, one.bare) for one in matches if (one.aspect, one.bare) != (aspect, True)] == []


def test_a_question_that_names_a_matter_is_not_bare(matcher: Matcher) -> None:
    assert [asked for asked in OF_THEIR_OWN if matcher.match(asked).bare] == []


def test_no_title_is_taken_for_a_question_about_the_screen(base: Base, matcher: Matcher) -> None:
    records = (*base.procedures.values(), *base.groups.values())
    titles = {form for one in records for form in (one.name.vi, fold(one.name.vi), one.short.vi, fold(one.short.vi))}

    assert {title for title in titles if matcher.match(title).bare} == set()
