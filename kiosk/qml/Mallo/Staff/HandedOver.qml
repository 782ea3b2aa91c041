pragma ComponentBehavior: Bound
import QtQuick
import Mallo.Components
import Mallo.Desk
import Mallo.Staff
import Mallo.Theme

// What was handed over last, to bring back when the wrong one was pressed.
Row {
    id: handed

    required property StaffModel model

    objectName: "handedOver"
    height: Theme.touchTarget * 1.1
    spacing: Theme.spaceS

    Label {
        anchors.verticalCenter: parent.verticalCenter
        text: qsTr("방금 건넴")
        second: true
        strong: true
        rightPadding: Theme.spaceS
        wrapMode: Text.NoWrap
    }

    Repeater {
        model: handed.model.handedOver

        DeskButton {
            required property string orderId
            required property int number
            required property bool busy
            required property int index

            objectName: "recallHanded" + number
            visible: index < 4 // as many as there is room for
            focusPolicy: Qt.NoFocus
            activeFocusOnTab: false
            enabled: !busy
            kind: "outline"
            glyph: "again"
            text: number
            Accessible.name: qsTr("%1번 되돌리기").arg(number)
            onActed: handed.model.recall(orderId)
        }
    }
}
