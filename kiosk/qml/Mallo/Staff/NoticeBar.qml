import QtQuick
import Mallo.Components
import Mallo.Staff
import Mallo.Theme

// What did not go as meant, in one sentence: which order, who was quicker, what to do.
Rectangle {
    id: bar

    required property StaffModel model

    function statusWord(status: string): string {
        return ({ received: qsTr("접수"), preparing: qsTr("준비 중"), ready: qsTr("완료"), completed: qsTr("건넴"), cancelled: qsTr("취소됨") })[status] ?? "";
    }

    function sentence(code: string, number: int, who: string, status: string): string {
        const now = statusWord(status) === "" ? "" : " " + qsTr("지금은 ‘%1’이에요.").arg(statusWord(status));
        switch (code) {
        case "": return "";
        case "pick_first": return qsTr("고를 주문이 없어요.");
        case "take_first": return qsTr("%1번을 먼저 맡아 주세요. Enter를 누르면 돼요.").arg(number);
        case "help_taken": return who !== "" ? qsTr("%1 님이 이미 손님에게 가고 있어요.").arg(who) : qsTr("그 도움 요청은 이미 끝났어요.");
        case "taken": return qsTr("%1번은 %2 님이 맡고 있어요.").arg(number).arg(who);
        case "nothing_to_recall": return qsTr("%1번은 첫 단계라서 되돌릴 것이 없어요.").arg(number);
        case "too_late_to_cancel": return qsTr("%1번은 준비가 끝나서 취소할 수 없어요. 먼저 되돌려 주세요.").arg(number);
        case "printed": return qsTr("%1번은 어느 화면에도 안 떠서 종이로 인쇄했어요.").arg(number);
        case "not_printed_paper_out": return qsTr("프린터에 종이가 없어서 %1번을 인쇄하지 못했어요. 종이를 넣으면 다시 인쇄해요.").arg(number);
        case "not_printed_cover_open": return qsTr("프린터 뚜껑이 열려 있어서 %1번을 인쇄하지 못했어요. 닫으면 다시 인쇄해요.").arg(number);
        case "not_printed_unreachable": return qsTr("프린터에 연결되지 않아서 %1번을 인쇄하지 못했어요. 전원과 선을 봐 주세요.").arg(number);
        case "not_printed_timeout":
        case "not_printed_unconfirmed": return qsTr("프린터가 대답하지 않아요. %1번이 종이로 나왔는지 봐 주세요.").arg(number);
        case "conflict":
        case "illegal_transition":
            return (who !== "" ? qsTr("%1번은 %2 님이 먼저 바꿨어요.").arg(number).arg(who)
                    : number > 0 ? qsTr("%1번은 다른 곳에서 먼저 바뀌었어요.").arg(number) : qsTr("그 주문은 다른 곳에서 먼저 바뀌었어요.")) + now;
        case "backend_unreachable":
        case "timed_out": return qsTr("연결이 안 돼서 바꾸지 못했어요. 연결되면 다시 눌러 주세요.");
        case "unauthenticated": return qsTr("로그인한 시간이 다 됐어요. 나갔다가 다시 들어와 주세요.");
        case "forbidden": return qsTr("이 아이디로는 할 수 없는 일이에요.");
        default:
            if (code.startsWith("not_printed_"))
                return qsTr("프린터가 %1번을 인쇄하지 못했어요. 프린터를 봐 주세요. (%2)").arg(number).arg(code.slice(12));
            return qsTr("바꾸지 못했어요. 다시 눌러 주세요. (%1)").arg(code);
        }
    }

    objectName: "notice"
    visible: model.notice.code !== ""
    width: Math.min(parent.width - 4 * Theme.spaceL, row.implicitWidth + 4 * Theme.spaceL)
    height: text.height + 2 * Theme.spaceL
    radius: Theme.radius
    color: Theme.ink
    border.width: Theme.line * 2
    border.color: Theme.surface

    Row {
        id: row
        anchors.centerIn: parent
        spacing: Theme.spaceM

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: "warn"
            size: Theme.textL
            color: Theme.surface
        }

        Label {
            id: text
            objectName: "noticeText"
            anchors.verticalCenter: parent.verticalCenter
            text: bar.sentence(bar.model.notice.code, bar.model.notice.number, bar.model.notice.who, bar.model.notice.status)
            strong: true
            color: Theme.surface
            font.pixelSize: Theme.textM
            Accessible.role: Accessible.AlertMessage
        }
    }

    TapHandler {
        onTapped: bar.model.clear()
    }
}
