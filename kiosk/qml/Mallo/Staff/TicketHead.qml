import QtQuick
import Mallo.Components
import Mallo.Desk
import Mallo.Theme

// The first row of a ticket: its number, where the food goes, whose it is, how long it waits. The marks stand beside
// the number where there is room, else under it.
Item {
    id: head

    required property int number
    required property string service
    required property string owner
    required property bool mine
    required property bool fresh
    required property bool given
    required property string age
    required property string waited
    // Whether all of it is in view. The software renderer draws an icon that lies wholly outside a clip unclipped
    // (Qt 6.11: it takes an empty clip region for none), so icons are shown with the whole row only.
    required property bool whole
    readonly property bool roomy: numberText.width + marks.implicitWidth + wait.width + Theme.spaceL + Theme.spaceM <= width

    height: roomy ? Math.max(numberText.height, marks.height) : numberText.height + marks.height

    Label {
        id: numberText
        objectName: "number"
        text: head.number
        strong: true
        font.pixelSize: Theme.textXL
        lineHeight: 1
        wrapMode: Text.NoWrap
    }

    Row {
        id: marks
        x: head.roomy ? numberText.width + Theme.spaceL : 0
        y: head.roomy ? (numberText.height - height) / 2 : numberText.height
        spacing: Theme.spaceS

        Tag {
            visible: head.fresh
            text: qsTr("새 주문")
            face: Theme.primary
            lettering: Theme.primaryInk
        }

        Tag {
            objectName: "given"
            visible: head.given
            text: qsTr("나에게 맡김")
            face: Theme.primary
            lettering: Theme.primaryInk
        }

        Tag {
            text: head.service === "to_go" ? qsTr("포장") : qsTr("매장")
            glyph: head.service === "to_go" ? "bag" : "plate"
            iconShown: head.whole
        }

        Tag {
            objectName: "owner"
            visible: head.owner !== ""
            glyph: "person"
            iconShown: head.whole
            text: head.mine ? qsTr("나") : head.owner
            face: head.mine ? Theme.good : Theme.quiet
            lettering: head.mine ? Theme.signalInk : Theme.ink
        }
    }

    Row {
        id: wait
        anchors.right: parent.right
        y: (numberText.height - height) / 2
        spacing: Theme.spaceS

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: head.age === "calm" ? "clock" : "warn"
            size: Theme.textM
            color: waitWords.color
            opacity: head.whole ? 1 : 0
        }

        Label {
            id: waitWords
            objectName: "age"
            text: head.waited
            strong: true
            font.pixelSize: Theme.textM
            color: head.age === "late" ? Theme.bad : head.age === "soon" ? Theme.warn : Theme.ink
            wrapMode: Text.NoWrap
        }
    }
}
