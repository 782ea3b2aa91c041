import QtQuick
import Mallo.Components
import Mallo.Desk
import Mallo.Theme

// Who is at this desk: an id and a PIN, by keyboard or by the keypad. What went wrong is said with what to do.
FocusScope {
    id: panel

    required property string heading
    required property string hint
    required property string glyph
    required property SignInModel model
    readonly property bool locked: model.waitSeconds > 0 && who.text.trim() === model.lockedUser
    readonly property bool open: !model.busy && !locked
    readonly property string trouble: problem()
    readonly property bool wrong: trouble !== ""

    function submit(): void {
        if (who.text.trim() === "")
            who.forceActiveFocus();
        else if (pin.text.length < 4)
            pin.forceActiveFocus();
        else if (open)
            model.submit(who.text.trim(), pin.text);
    }

    function problem(): string {
        if (locked)
            return qsTr("여러 번 틀려서 잠겼어요. %1 뒤에 다시 할 수 있어요. 급하면 매니저에게 말해 주세요.").arg(duration(model.waitSeconds));
        switch (model.error) {
        case "": return model.backendUp ? "" : qsTr("주문 서버를 켜고 있어요. 잠시만 기다려 주세요.");
        case "wrong_credentials": return qsTr("아이디나 PIN이 맞지 않아요. 다시 넣어 주세요. 다섯 번 틀리면 잠시 잠겨요.");
        case "locked_out": return model.waitSeconds > 0 ? "" : qsTr("이제 다시 할 수 있어요. 아이디와 PIN을 넣어 주세요.");
        case "forbidden": return qsTr("이 아이디로는 이 창을 쓸 수 없어요. 다른 아이디로 들어와 주세요.");
        case "unauthenticated": return qsTr("로그인한 시간이 다 됐어요. 다시 들어와 주세요.");
        case "rate_limited": return qsTr("너무 자주 눌렀어요. 잠시 뒤에 다시 눌러 주세요.");
        case "backend_unreachable":
        case "timed_out": return qsTr("주문 서버에 연결할 수 없어요. 서버와 네트워크를 확인한 뒤 다시 눌러 주세요.");
        default: return qsTr("들어가지 못했어요. 다시 눌러 주세요. 계속되면 매니저에게 ‘%1’이라고 말해 주세요.").arg(model.error);
        }
    }

    function duration(seconds: int): string {
        return seconds < 60 ? qsTr("%1초").arg(seconds)
             : seconds % 60 ? qsTr("%1분 %2초").arg(Math.floor(seconds / 60)).arg(seconds % 60)
                            : qsTr("%1분").arg(seconds / 60);
    }

    Connections {
        target: panel.model

        function onRefused(): void {
            // What was right is not typed twice: only a PIN that was judged has to go.
            if (panel.model.error !== "backend_unreachable" && panel.model.error !== "timed_out")
                pin.clear();
            pin.forceActiveFocus();
        }
    }

    Card {
        anchors.centerIn: parent
        width: sheet.width + 2 * Theme.spaceL * 1.6
        height: sheet.height + 2 * Theme.spaceL * 1.6

        Row {
            id: sheet
            anchors.centerIn: parent
            spacing: Theme.spaceL * 2.4

            Column {
                id: form
                width: 1000 * Theme.unit
                spacing: Theme.spaceL

                Row {
                    spacing: Theme.spaceM

                    Icon {
                        anchors.verticalCenter: parent.verticalCenter
                        name: panel.glyph
                        size: Theme.textXL
                        color: Theme.primary
                    }

                    Label {
                        anchors.verticalCenter: parent.verticalCenter
                        text: panel.heading
                        strong: true
                        font.pixelSize: Theme.textL * 1.2
                    }
                }

                // What to do, or what went wrong; always as high as its longest sentence, so that nothing jumps.
                Rectangle {
                    width: parent.width
                    height: Theme.textS * 1.3 * 3 + 2 * Theme.spaceM
                    radius: Theme.radius
                    color: panel.wrong ? Theme.quiet : "transparent"
                    border.width: panel.wrong ? Theme.line * 2 : 0
                    border.color: Theme.bad

                    Icon {
                        id: sign
                        visible: panel.wrong
                        anchors.verticalCenter: parent.verticalCenter
                        x: Theme.spaceL
                        name: "warn"
                        size: Theme.textL
                        color: Theme.bad
                    }

                    Label {
                        objectName: "signInProblem"
                        anchors { left: panel.wrong ? sign.right : parent.left; leftMargin: panel.wrong ? Theme.spaceL : 0 }
                        anchors { right: parent.right; rightMargin: Theme.spaceM; verticalCenter: parent.verticalCenter }
                        text: panel.wrong ? panel.trouble : panel.hint
                        strong: panel.wrong
                        second: !panel.wrong
                        Accessible.role: panel.wrong ? Accessible.AlertMessage : Accessible.StaticText
                    }
                }

                Item { width: 1; height: Theme.spaceS }

                Field {
                    id: who
                    objectName: "userField"
                    width: parent.width
                    label: qsTr("아이디")
                    maximumLength: 64
                    focus: true
                    inputMethodHints: Qt.ImhNoAutoUppercase | Qt.ImhNoPredictiveText
                    onAccepted: panel.submit()
                }

                Item { width: 1; height: Theme.spaceS }

                Field {
                    id: pin
                    objectName: "pinField"
                    width: parent.width
                    label: qsTr("PIN 번호")
                    echoMode: TextInput.Password
                    passwordCharacter: "●"
                    passwordMaskDelay: 0
                    maximumLength: 12
                    inputMethodHints: Qt.ImhDigitsOnly | Qt.ImhSensitiveData | Qt.ImhNoPredictiveText
                    onAccepted: panel.submit()
                }

                DeskButton {
                    objectName: "signInButton"
                    width: parent.width
                    height: Theme.touchTarget * 1.6
                    kind: "primary"
                    textSize: Theme.textM
                    enabled: panel.open
                    text: panel.model.busy ? qsTr("확인하고 있어요…") : qsTr("들어가기")
                    onActed: panel.submit()
                }
            }

            Keypad {
                anchors.verticalCenter: parent.verticalCenter
                onPressed: digit => {
                    pin.forceActiveFocus();
                    pin.insert(pin.length, digit);
                }
                onErased: pin.remove(pin.length - 1, pin.length)
            }
        }
    }
}
