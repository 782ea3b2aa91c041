pragma ComponentBehavior: Bound
import QtQuick
import Mallo.Components
import Mallo.Desk
import Mallo.Staff
import Mallo.Theme

// Customers who called for help, loudly, until somebody says that they are going.
Rectangle {
    id: strip

    required property StaffModel model

    function place(screen: string): string {
        switch (screen) {
        case "attract": return qsTr("첫 화면");
        case "menu": return qsTr("메뉴 고르기");
        case "item": return qsTr("옵션 고르기");
        case "cart": return qsTr("담은 것 확인");
        case "confirm": return qsTr("주문 확인");
        case "placed": return qsTr("주문 완료");
        default: return screen;
        }
    }

    function since(seconds: int): string {
        return seconds < 60 ? qsTr("%1초째 기다려요").arg(seconds) : qsTr("%1분째 기다려요").arg(Math.floor(seconds / 60));
    }

    // A thing does not wait for anybody: it stands so.
    function standing(seconds: int): string {
        return seconds < 60 ? qsTr("방금부터") : qsTr("%1분 전부터").arg(Math.floor(seconds / 60));
    }

    objectName: "helpStrip"
    height: calls.height + 2 * Theme.spaceM
    color: model.alarm.helpUrgent ? Theme.bad : Theme.primary

    function mode(mode: string): string {
        return ({ voice: qsTr("말로 주문 중"), touch: qsTr("화면으로 주문 중"), keys: qsTr("키로 주문 중") })[mode] ?? "";
    }

    Column {
        id: calls
        anchors { left: parent.left; right: parent.right; leftMargin: Theme.spaceL * 1.4; rightMargin: Theme.spaceL * 1.4; verticalCenter: parent.verticalCenter }
        spacing: Theme.spaceS

        Repeater {
            model: strip.model.help

            Item {
                id: call

                required property int index
                required property string helpId
                required property string device
                required property string place
                required property int seconds
                required property string mode
                required property string cart
                required property bool urgent
                required property bool busy

                width: calls.width
                height: Math.max(answer.height, words.height)

                Icon {
                    id: sign
                    anchors.verticalCenter: parent.verticalCenter
                    name: "bell"
                    size: Theme.textL
                    color: Theme.primaryInk
                }

                Column {
                    id: words
                    anchors { left: sign.right; leftMargin: Theme.spaceM; right: answer.left; rightMargin: Theme.spaceM; verticalCenter: parent.verticalCenter }

                    Label {
                        objectName: "helpText"
                        width: parent.width
                        text: (call.place === "microphone" ? qsTr("마이크가 꺼져 있는 것 같아요 · %1 · %2").arg(call.device).arg(strip.standing(call.seconds))
                            : call.place === "microphone_loud" ? qsTr("마이크 소리가 너무 커서 깨져요. 줄여 주세요 · %1 · %2").arg(call.device).arg(strip.standing(call.seconds))
                            : call.place === "" ? qsTr("손님이 도움을 불렀어요 · %1 · %2").arg(call.device).arg(strip.since(call.seconds))
                            : qsTr("손님이 도움을 불렀어요 · %1 · ‘%2’ 화면 · %3").arg(call.device).arg(strip.place(call.place)).arg(strip.since(call.seconds)))
                            + (call.urgent && !call.place.startsWith("microphone") ? " · " + qsTr("아직 아무도 안 갔어요!") : "")
                        strong: true
                        color: Theme.primaryInk
                        font.pixelSize: Theme.textL
                    }

                    Label {
                        objectName: "helpCart"
                        width: parent.width
                        visible: text !== ""
                        text: call.place.startsWith("microphone") ? "" : [strip.mode(call.mode), call.cart !== "" ? qsTr("담은 것: %1").arg(call.cart) : call.mode !== "" ? qsTr("담은 것 없음") : ""].filter(part => part !== "").join(" · ")
                        color: Theme.primaryInk
                        font.pixelSize: Theme.textM
                    }
                }

                DeskButton {
                    id: answer
                    objectName: "answerHelp"
                    anchors { right: parent.right; verticalCenter: parent.verticalCenter }
                    focusPolicy: Qt.NoFocus
                    activeFocusOnTab: false
                    kind: "outline"
                    textSize: Theme.textM
                    enabled: !call.busy
                    text: call.index === 0 ? qsTr("제가 가요 (F1)") : qsTr("제가 가요")
                    onActed: strip.model.answerHelp(call.helpId)
                }
            }
        }
    }
}
