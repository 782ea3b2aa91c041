import QtQuick
import Mallo.Components
import Mallo.Desk
import Mallo.Staff
import Mallo.Theme

// Three columns of tickets under the state of the world. Keys are read here; what they do, the model decides.
FocusScope {
    id: board

    required property StaffModel model
    readonly property bool asked: model.asking > 0 || model.shelf.shown || model.give.order > 0
    // The totals stand beside the columns where there is room; else F3 lays them over the last one.
    readonly property bool wide: width > 86 * Theme.textS
    readonly property bool totals: wide !== model.rail.turned
    readonly property bool lost: model.connection === "lost" || model.connection === "refused"

    objectName: "board"
    Keys.priority: Keys.AfterItem
    Keys.onPressed: event => {
        board.model.acknowledge();
        event.accepted = board.take(event.key, event.text, event.isAutoRepeat);
    }

    function take(key: int, text: string, again: bool): bool {
        if (model.asking > 0) {
            if (key === Qt.Key_Escape)
                model.clear();
            return true;
        }
        if (model.shelf.shown) {
            if (key === Qt.Key_Escape || key === Qt.Key_F2)
                model.shelf.turn();
            else if (/^[1-9]$/.test(text) && !again)
                model.shelf.toggleNumber(Number(text));
            return true;
        }
        if (model.give.order > 0) {
            if (key === Qt.Key_Escape || key === Qt.Key_F4)
                model.give.close();
            else if (/^[1-9]$/.test(text) && !again)
                model.give.toNumber(Number(text));
            return true;
        }
        switch (key) {
        case Qt.Key_Up: model.move(0, -1); return true;
        case Qt.Key_Down: model.move(0, 1); return true;
        case Qt.Key_Left: model.move(-1, 0); return true;
        case Qt.Key_Right: model.move(1, 0); return true;
        case Qt.Key_PageUp: model.move(0, -3); return true;
        case Qt.Key_PageDown: model.move(0, 3); return true;
        case Qt.Key_Home: model.moveFar(false); return true;
        case Qt.Key_End: model.moveFar(true); return true;
        }
        if (again) // a key held down must not push an order through the kitchen
            return true;
        switch (key) {
        case Qt.Key_Return:
        case Qt.Key_Enter: model.claim(); return true;
        case Qt.Key_Space: model.bump(); return true;
        case Qt.Key_Backspace: model.recall(); return true;
        case Qt.Key_Delete: model.askCancel(); return true;
        case Qt.Key_F1: model.answerFirstHelp(); return true;
        case Qt.Key_Period: model.lineDone(); return true;
        case Qt.Key_Comma:
        case Qt.Key_Asterisk: model.nextLine(); return true;
        case Qt.Key_F2: model.shelf.turn(); return true;
        case Qt.Key_F3: model.rail.turn(); return true;
        case Qt.Key_F4: model.askGive(); return true;
        case Qt.Key_Escape:
            home.forceActiveFocus();
            model.clear();
            return true;
        }
        if (!/^[0-9]$/.test(text))
            return false;
        model.typeDigit(text);
        return true;
    }

    // Where keys go while no button in the bar has been tabbed to.
    Item {
        id: home
        focus: true
    }

    Item {
        anchors.fill: parent
        enabled: !board.asked

        DeskBar {
            id: top
            anchors { left: parent.left; right: parent.right; top: parent.top }
            heading: qsTr("말로 주방")
            time: board.model.time
            connection: board.model.connection
            lastUpdate: board.model.lastUpdate
            user: board.model.user
            language: board.model.language
            onLanguageWanted: language => board.model.setLanguage(language)
            onSignOutWanted: board.model.signOut()
            actions: [
                DeskButton {
                    objectName: "soldOutButton"
                    focusPolicy: Qt.TabFocus
                    text: qsTr("품절")
                    kind: board.model.shelf.missing !== "" ? "bad" : "quiet"
                    onActed: board.model.shelf.turn()
                },
                DeskButton {
                    objectName: "totalsButton"
                    focusPolicy: Qt.TabFocus
                    text: qsTr("합계")
                    checked: board.totals
                    onActed: board.model.rail.turn()
                }
            ]
        }

        Column {
            id: alarms
            anchors { left: parent.left; right: parent.right; top: top.bottom }

            LostBanner {
                width: parent.width
                visible: board.lost
                model: board.model
            }

            AlarmStrip {
                width: parent.width
                visible: board.model.alarm.urgent
                model: board.model
            }

            HelpStrip {
                width: parent.width
                visible: board.model.help.count > 0
                model: board.model
            }
        }

        Row {
            id: columns
            anchors { left: parent.left; right: board.wide && board.totals ? rail.left : parent.right; top: alarms.bottom; bottom: hints.top; margins: Theme.spaceL }
            spacing: Theme.spaceM

            readonly property real each: (width - 2 * spacing) / 3

            TicketColumn {
                objectName: "receivedColumn"
                width: columns.each
                height: columns.height
                model: board.model
                tickets: board.model.received
                title: qsTr("접수")
                glyph: "bell"
                emptyText: qsTr("기다리는 주문이 없어요")
                emptyHint: qsTr("새 주문이 오면 소리와 함께 여기에 떠요.")
            }

            TicketColumn {
                objectName: "preparingColumn"
                width: columns.each
                height: columns.height
                model: board.model
                tickets: board.model.preparing
                title: qsTr("준비 중")
                glyph: "plate"
                emptyText: qsTr("준비 중인 주문이 없어요")
                emptyHint: qsTr("접수된 주문을 맡으면 여기로 와요.")
            }

            TicketColumn {
                objectName: "readyColumn"
                width: columns.each
                height: columns.height - (handed.visible ? handed.height + Theme.spaceM : 0)
                model: board.model
                tickets: board.model.ready
                title: qsTr("완료")
                glyph: "check"
                emptyText: qsTr("건넬 주문이 없어요")
                emptyHint: qsTr("준비가 끝난 주문이 여기에서 손님을 기다려요.")

                HandedOver {
                    id: handed
                    anchors { left: parent.left; right: parent.right; top: parent.bottom; topMargin: Theme.spaceM }
                    visible: board.model.handedOver.count > 0
                    model: board.model
                }
            }
        }

        TotalsRail {
            id: rail
            anchors { right: parent.right; top: columns.top; bottom: columns.bottom; rightMargin: Theme.spaceL }
            width: Theme.textS * 15
            visible: board.totals
            model: board.model
        }

        KeyHints {
            id: hints
            anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
            model: board.model
        }

        NoticeBar {
            anchors { horizontalCenter: parent.horizontalCenter; bottom: hints.top; bottomMargin: Theme.spaceM }
            model: board.model
        }
    }

    EdgeFlash {
        anchors.fill: parent
        attention: board.model.alarm.attention
        alarm: board.model.help.count > 0
        urgent: board.model.alarm.urgent || board.model.alarm.helpUrgent
        lost: board.lost
    }

    GivePanel {
        give: board.model.give
    }

    SoldOutPanel {
        shelf: board.model.shelf
    }

    Dialog {
        objectName: "cancelQuestion"
        shown: board.model.asking > 0
        title: qsTr("%1번 주문을 취소할까요?").arg(board.model.asking)
        body: qsTr("취소하면 되돌릴 수 없어요. 손님에게 먼저 말해 주세요.")
        actions: [
            DeskButton {
                objectName: "keepOrder"
                kind: "outline"
                textSize: Theme.textM
                text: qsTr("아니요, 그대로 둘게요")
                onActed: board.model.clear()
            },
            DeskButton {
                objectName: "cancelOrder"
                kind: "bad"
                textSize: Theme.textM
                text: qsTr("네, 취소할게요")
                onActed: board.model.confirmCancel()
            }
        ]
    }

    // Any touch says that somebody is here. Above everything, or a list that takes the press would keep it to itself;
    // it only watches, so whatever lies under it is pressed all the same.
    Item {
        anchors.fill: parent

        PointHandler {
            onActiveChanged: {
                if (!active)
                    return;
                board.model.acknowledge();
                if (!board.asked)
                    home.forceActiveFocus();
            }
        }
    }
}
