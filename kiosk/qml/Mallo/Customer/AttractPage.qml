pragma ComponentBehavior: Bound
import QtQuick
import Mallo.Theme
import Mallo.Components
import Mallo.Customer

// The first screen: whose shop this is, what is sold, and the two ways to begin.
Item {
    id: page

    required property CustomerModel model
    readonly property bool hears: model.voice.hears

    ProblemWords { id: words }

    Column {
        id: head
        width: Theme.portrait ? parent.width : parent.width * 0.46
        y: Theme.portrait ? Theme.spaceM : Math.max(0, (parent.height - implicitHeight - actions.height - Theme.spaceL) / 2)
        spacing: Theme.spaceS

        Label {
            width: parent.width
            text: qsTr("말로 파티스리")
            strong: true
            color: Theme.primary
            font.pixelSize: Theme.textM
            horizontalAlignment: Theme.portrait ? Text.AlignHCenter : Text.AlignLeft
        }

        Label {
            width: parent.width
            text: page.hears ? qsTr("말하면\n주문돼요") : qsTr("누르면\n주문돼요")
            strong: true
            font.pixelSize: Theme.textXL
            lineHeight: 1
            horizontalAlignment: Theme.portrait ? Text.AlignHCenter : Text.AlignLeft
        }

        Label {
            width: parent.width
            objectName: "invitation"
            visible: Theme.portrait || !Theme.largeText || !page.hears // an example gives way to what it is an example of
            text: page.hears ? qsTr("“딸기 케이크 두 개 주세요”") : Theme.largeText && !Theme.portrait ? words.what("language_not_served") : words.notHeard(page.model.voice.hearsOther)
            second: page.hears
            color: page.hears ? Theme.inkSecond : Theme.warn
            font.pixelSize: Theme.textM
            horizontalAlignment: Theme.portrait ? Text.AlignHCenter : Text.AlignLeft
        }
    }

    Grid {
        id: gallery
        readonly property real start: Theme.portrait ? head.y + head.height + Theme.spaceL : 0
        readonly property real below: numbers.visible ? numbers.height + Theme.spaceL : 0
        readonly property real room: (Theme.portrait ? actions.y - Theme.spaceL : page.height) - start - below
        readonly property real side: Theme.portrait ? page.width : page.width * 0.5
        readonly property real cellW: Math.min((side - spacing) / 2, ((room - spacing) / 2) * 4 / 3)

        x: Theme.portrait ? (page.width - implicitWidth) / 2 : page.width - implicitWidth
        y: start + Math.max(0, (room - implicitHeight) / 2)
        columns: 2
        spacing: Theme.spaceM
        visible: room > 300 * Theme.unit

        Repeater {
            model: page.model.menuThere ? 0 : 4

            Picture {
                required property int index

                width: gallery.cellW
                height: width * 3 / 4
                glyph: index < 2 ? "plate" : "cake"
            }
        }

        Repeater {
            model: page.model.showcase

            Picture {
                required property int index
                required property string picture
                required property string pictureWords

                width: gallery.cellW
                height: width * 3 / 4
                glyph: index < 2 ? "plate" : "cake"
                source: picture
                words: pictureWords
            }
        }
    }

    NumbersBoard {
        id: numbers
        objectName: "numbersBoard"
        readonly property bool roomy: Theme.portrait ? actions.y - gallery.start > height + Theme.spaceL : true
        front: page.model.front
        visible: any && roomy
        width: Theme.portrait ? page.width : gallery.side
        x: Theme.portrait ? 0 : page.width - width
        y: Theme.portrait ? actions.y - Theme.spaceL - height : page.height - height
    }

    Grid {
        id: actions
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.portrait ? 0 : head.y
        width: head.width
        columns: 1
        spacing: Theme.spaceM

        Button {
            objectName: "startTalking"
            width: parent.width
            height: Theme.touchTarget * (Theme.lowScreen ? 1.2 : 1.7)
            kind: "primary"
            glyph: page.hears ? "mic" : "keyboard"
            textSize: Theme.textL
            text: page.hears ? qsTr("눌러서 말하기") : qsTr("글자로 적기")
            onActed: page.model.start_talking()
        }

        Button {
            objectName: "start"
            width: parent.width
            height: Theme.touchTarget * (Theme.lowScreen ? 1.2 : 1.7)
            kind: "outline"
            glyph: "plate"
            textSize: Theme.textL
            text: qsTr("화면에서 고르기")
            onActed: page.model.start()
        }
    }
}
