import QtQuick
import Mallo.Components
import Mallo.Desk
import Mallo.Theme

// Where I am, who I am, what time it is, and whether the connection lives.
Rectangle {
    id: bar

    required property string heading
    required property string connection
    required property string lastUpdate
    required property string user
    required property string language
    property string time: ""
    property alias actions: extra.data // buttons of this window alone, before the common ones

    signal languageWanted(language: string)
    signal signOutWanted

    height: Theme.touchTarget * 1.1 + 3 * Theme.spaceM
    color: Theme.card

    Rectangle {
        anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
        height: Theme.line
        color: Theme.edge
    }

    Row {
        id: left
        anchors { left: parent.left; leftMargin: Theme.spaceL * 1.4; verticalCenter: parent.verticalCenter }
        spacing: Theme.spaceL

        Label {
            anchors.verticalCenter: parent.verticalCenter
            text: bar.heading
            strong: true
            color: Theme.primary
            font.pixelSize: Theme.textL
            wrapMode: Text.NoWrap
        }

        Label {
            objectName: "clock"
            anchors.verticalCenter: parent.verticalCenter
            visible: bar.time !== ""
            text: bar.time
            strong: true
            font.pixelSize: Theme.textL
            wrapMode: Text.NoWrap
        }

        ConnectionPill {
            anchors.verticalCenter: parent.verticalCenter
            connection: bar.connection
        }

        Label {
            objectName: "lastUpdate"
            anchors.verticalCenter: parent.verticalCenter
            visible: bar.lastUpdate !== "" && left.x + x + width + Theme.spaceL < right.x
            text: qsTr("마지막 갱신 %1").arg(bar.lastUpdate)
            second: true
            wrapMode: Text.NoWrap
        }
    }

    Row {
        id: right
        anchors { right: parent.right; rightMargin: Theme.spaceL * 1.4; verticalCenter: parent.verticalCenter }
        spacing: Theme.spaceM

        Row {
            id: extra
            spacing: Theme.spaceM
        }

        Tag {
            anchors.verticalCenter: parent.verticalCenter
            glyph: "person"
            text: bar.user
            face: Theme.card
        }

        DeskButton {
            objectName: "largeText"
            focusPolicy: Qt.TabFocus
            text: qsTr("큰 글씨")
            kind: Theme.largeText ? "primary" : "quiet"
            onActed: Theme.largeText = !Theme.largeText
        }

        DeskButton {
            objectName: "highContrast"
            focusPolicy: Qt.TabFocus
            text: qsTr("고대비")
            kind: Theme.highContrast ? "primary" : "quiet"
            onActed: Theme.highContrast = !Theme.highContrast
        }

        DeskButton {
            objectName: "language"
            focusPolicy: Qt.TabFocus
            text: bar.language === "ko" ? "English" : "한국어"
            onActed: bar.languageWanted(bar.language === "ko" ? "en" : "ko")
        }

        DeskButton {
            objectName: "signOut"
            focusPolicy: Qt.TabFocus
            text: qsTr("나가기")
            onActed: bar.signOutWanted()
        }
    }
}
