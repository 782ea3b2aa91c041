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

    implicitHeight: Math.max(words.implicitHeight, Theme.touchTarget) + 2 * Theme.spaceM
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
        anchors.verticalCenter: parent.verticalCenter
        name: "warn"
        size: Theme.textL
        color: banner.tone
    }

    Column {
        id: words
        anchors.verticalCenter: parent.verticalCenter
        anchors.left: sign.right
        anchors.leftMargin: Theme.spaceM
        width: buttons.x - x - Theme.spaceM

        Label {
            width: parent.width
            text: banner.title
            strong: true
            color: banner.tone
        }

        Label {
            width: parent.width
            visible: text !== ""
            text: banner.body
        }
    }

    Column {
        id: buttons
        anchors.verticalCenter: parent.verticalCenter
        anchors.right: parent.right
        anchors.rightMargin: Theme.spaceM
        spacing: Theme.spaceS

        Button {
            objectName: "bannerAction"
            visible: banner.action !== ""
            text: banner.action
            kind: "primary"
            onActed: banner.acted()
        }

        Button {
            objectName: "bannerClose"
            visible: banner.closable
            width: Math.max(implicitWidth, parent.width)
            text: qsTr("닫기")
            onActed: banner.closed()
        }
    }
}
