import QtQuick
import Mallo.Theme

// One line of the cart. It lights up when an utterance or an answer changed it; the others stay still.
Item {
    id: line

    property string name: ""
    property string details: ""
    property string price: ""
    property int quantity: 1
    property url picture
    property bool soldOut: false
    property bool needsStyle: false
    property bool fresh: false
    readonly property bool wrong: soldOut || needsStyle

    signal moved(value: int)
    signal edited
    signal removed

    Card {
        anchors.fill: parent
        color: line.fresh ? Theme.lit : Theme.card
        edge: line.fresh ? Theme.primary : Theme.edge
    }

    implicitHeight: words.implicitHeight + controls.implicitHeight + 2 * Theme.spaceS

    Picture {
        id: plate
        readonly property real wide: 210 * Theme.unit
        readonly property bool fits: String(line.picture) !== "" && line.width - wide - 6 * Theme.spaceS > stepper.implicitWidth + buttons.implicitWidth + Theme.spaceM
        x: Theme.spaceS
        y: (parent.height - height) / 2
        width: wide
        height: wide * 3 / 4
        visible: fits
        source: line.picture
        words: line.name
        around: line.fresh ? Theme.lit : Theme.card
    }

    Column {
        id: words
        x: plate.fits ? plate.width + 2 * Theme.spaceS + Theme.spaceS : Theme.spaceM
        y: Theme.spaceS * 0.75
        width: parent.width - x - Theme.spaceM

        Item {
            width: parent.width
            implicitHeight: Math.max(title.height, cost.height)

            Label {
                id: title
                width: parent.width - cost.width - Theme.spaceM
                text: line.name
                strong: true
                font.pixelSize: Theme.largeText ? Theme.textS : Theme.textM
            }

            Label {
                id: cost
                anchors.right: parent.right
                text: line.price !== "" ? line.price : "…"
                strong: true
                color: Theme.primary
                font.pixelSize: title.font.pixelSize
            }
        }

        Label {
            width: parent.width
            text: line.soldOut ? qsTr("방금 품절됐어요. 빼 주세요.") : line.needsStyle ? qsTr("스타일을 골라 주세요.") : line.details
            color: line.wrong ? Theme.bad : Theme.inkSecond
            strong: line.wrong
        }
    }

    Item {
        id: controls
        readonly property bool oneRow: stepper.implicitWidth + buttons.implicitWidth + Theme.spaceS <= width

        x: words.x
        width: words.width
        implicitHeight: oneRow ? stepper.implicitHeight : stepper.implicitHeight + Theme.touchTarget + Theme.spaceS
        height: implicitHeight
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.spaceS * 0.75

        Stepper {
            id: stepper
            objectName: "quantity"
            what: line.name
            value: line.quantity
            from: 1
            onMoved: value => line.moved(value)
        }

        Row {
            id: buttons
            anchors.right: controls.oneRow ? parent.right : undefined
            y: controls.oneRow ? (parent.height - height) / 2 : stepper.implicitHeight + Theme.spaceS
            spacing: Theme.spaceS

            Button {
                objectName: "edit"
                leftPadding: Theme.largeText ? Theme.spaceS * 0.6 : Theme.spaceM
                text: qsTr("바꾸기") // words alone leave both beside the number
                Accessible.name: qsTr("%1 바꾸기").arg(line.name)
                onActed: line.edited()
            }

            Button {
                objectName: "remove"
                leftPadding: Theme.largeText ? Theme.spaceS * 0.6 : Theme.spaceM
                text: qsTr("지우기")
                Accessible.name: qsTr("%1 지우기").arg(line.name)
                onActed: line.removed()
            }
        }
    }
}
