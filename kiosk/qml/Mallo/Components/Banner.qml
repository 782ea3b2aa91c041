import QtQuick
import Mallo.Theme

// Something went wrong, or has to be known: what happened, why, what to do. Stays until it is settled.
Item {
    id: banner

    property string kind: "bad" // or "warn"
    property string title: ""
    property string body: ""
    property string action: ""
    property bool closable: true
    readonly property color tone: kind === "warn" ? Theme.warn : Theme.bad

    signal acted
    signal closed

    readonly property bool stacked: width - widest - sign.width - 4 * Theme.spaceM < 11 * Theme.textS
    // Side by side where that leaves each sentence its line: the banner is then as low as it can be.
    readonly property bool inRow: !stacked && first.visible && second.visible
        && width - sign.width - 2 * widest - Theme.spaceS - 4 * Theme.spaceM >= Math.max(what.implicitWidth, how.implicitWidth)
    readonly property real widest: Math.max(first.visible ? first.implicitWidth : 0, second.visible ? second.implicitWidth : 0)

    implicitHeight: (stacked ? words.implicitHeight + (buttons.implicitHeight > 0 ? buttons.implicitHeight + Theme.spaceM : 0) : Math.max(words.implicitHeight, buttons.implicitHeight)) + 2 * Theme.spaceM
    Accessible.role: Accessible.AlertMessage
    Accessible.name: title + " " + body

    Card {
        anchors.fill: parent
        edge: banner.tone
        edgeWidth: Theme.line * 2
    }

    Icon {
        id: sign
        x: Theme.spaceM
        y: words.y + Theme.spaceS / 2
        name: "warn"
        size: Theme.textL
        color: banner.tone
    }

    Column {
        id: words
        x: sign.x + sign.width + Theme.spaceM
        y: banner.stacked ? Theme.spaceM : (parent.height - implicitHeight) / 2
        width: (banner.stacked ? parent.width : buttons.x) - x - Theme.spaceM

        Label {
            id: what
            width: parent.width
            text: banner.title
            strong: true
            color: banner.tone
        }

        Label {
            id: how
            width: parent.width
            visible: text !== ""
            text: banner.body
        }
    }

    Grid {
        id: buttons
        columns: banner.stacked || banner.inRow ? 2 : 1
        x: parent.width - width - Theme.spaceM
        y: banner.stacked ? parent.height - height - Theme.spaceM : (parent.height - height) / 2
        spacing: Theme.spaceS

        Button {
            id: first
            objectName: "bannerAction"
            width: banner.widest
            visible: banner.action !== ""
            text: banner.action
            kind: "primary"
            onActed: banner.acted()
        }

        Button {
            id: second
            objectName: "bannerClose"
            width: banner.widest
            visible: banner.closable
            text: qsTr("닫기")
            onActed: banner.closed()
        }
    }
}
