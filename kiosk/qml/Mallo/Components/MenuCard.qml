import QtQuick
import Mallo.Theme

// One menu: picture, name, one line, price, allergens in words, a veil when sold out. The whole card is the target.
Tappable {
    id: card

    property string name: ""
    property string line: ""
    property string price: ""
    property string allergens: ""
    property string event: ""
    property url picture
    property string glyph: "plate"
    property string pictureWords: ""
    property bool soldOut: false
    property bool tall: false
    property real wordsHeight: wordsNeeded // of the card with the most words, so that pictures line up
    readonly property real wordsNeeded: heading.implicitHeight + detail.implicitHeight + (event !== "" ? reduction.implicitHeight : 0) + (allergens !== "" ? warning.implicitHeight : 0)
    property bool short: false // no room: the one line goes first
    readonly property real smallestPicture: Math.min(card.width * 0.4, 220 * Theme.unit)

    enabled: !soldOut
    implicitHeight: wordsNeeded + (tall ? smallestPicture + 3 * Theme.spaceS : Theme.spaceS)
    text: name + ", " + price + (soldOut ? ", " + qsTr("품절") : "")
    Accessible.description: line + (allergens !== "" ? ". " + qsTr("알레르기: %1").arg(allergens) : "")

    background: Card {
        color: card.down ? Theme.quiet : Theme.card
        edge: card.soldOut ? Theme.edge : Theme.edgeStrong
    }

    contentItem: Item {
        Picture {
            id: picture
            readonly property real column: card.width * 0.28
            x: card.tall ? (parent.width - width) / 2 : Theme.spaceS + (column - width) / 2
            y: card.tall ? Theme.spaceS : (parent.height - height) / 2
            width: Math.min(card.tall ? parent.width - 2 * Theme.spaceS : column, height * 4 / 3)
            height: card.tall ? Math.max(0, parent.height - card.wordsHeight - 3 * Theme.spaceS) : Math.min(parent.height - 2 * Theme.spaceS, column * 3 / 4)
            visible: height > 2 * Theme.textS
            source: card.picture
            glyph: card.glyph
            words: card.pictureWords
            around: Theme.card
        }

        Column {
            id: words
            x: card.tall ? Theme.spaceM : picture.column + 2 * Theme.spaceS + Theme.spaceM
            y: card.tall ? (picture.visible ? picture.height + 2 * Theme.spaceS : Theme.spaceS) : (parent.height - implicitHeight) / 2
            width: parent.width - x - Theme.spaceM
            spacing: 0

            Item {
                id: heading
                width: parent.width
                implicitHeight: stacked ? title.height + cost.height : Math.max(title.implicitHeight, cost.implicitHeight)
                readonly property bool stacked: title.implicitWidth + cost.implicitWidth + Theme.spaceM > width

                Label {
                    id: title
                    width: parent.stacked ? parent.width : implicitWidth
                    text: card.name + (card.soldOut && !picture.visible ? " · " + gone.text : "")
                    strong: true
                    font.pixelSize: Theme.textM
                    Accessible.ignored: true
                }

                Label {
                    id: cost
                    x: parent.stacked ? 0 : parent.width - width
                    y: parent.stacked ? title.height : (parent.implicitHeight - height) / 2
                    text: card.price
                    strong: true
                    color: Theme.primary
                    font.pixelSize: Theme.textM
                    Accessible.ignored: true
                }
            }

            Label {
                id: detail
                width: parent.width
                visible: !card.short
                text: card.line
                second: true
                Accessible.ignored: true
            }

            Label {
                id: reduction
                width: parent.width
                visible: text !== ""
                text: card.event
                strong: true
                color: Theme.good
                Accessible.ignored: true
            }

            Row {
                id: warning
                visible: card.allergens !== ""
                spacing: Theme.spaceS / 2

                Icon {
                    name: "warn"
                    color: Theme.warn
                    size: Theme.textS
                    anchors.verticalCenter: parent.verticalCenter
                }

                Label {
                    width: Math.min(implicitWidth, words.width - Theme.textS - Theme.spaceS)
                    text: card.allergens
                    color: Theme.warn
                    Accessible.ignored: true
                }
            }
        }

        // Over the picture alone: what the card says can still be read.
        Rectangle {
            anchors.fill: picture
            visible: card.soldOut && picture.visible
            radius: Theme.radius
            color: Theme.veil

            Rectangle {
                anchors.centerIn: parent
                width: gone.implicitWidth + 2 * Theme.spaceM
                height: gone.implicitHeight + Theme.spaceM
                radius: height / 2
                color: Theme.ink

                Label {
                    id: gone
                    anchors.centerIn: parent
                    text: qsTr("품절")
                    color: Theme.surface
                    strong: true
                    font.pixelSize: Theme.textM
                }
            }
        }
    }
}
