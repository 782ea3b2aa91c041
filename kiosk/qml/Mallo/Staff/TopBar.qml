import QtQuick
import Mallo.Components
import Mallo.Desk
import Mallo.Staff
import Mallo.Theme

// Where I am, who I am, what time it is, and whether the connection lives.
Rectangle {
    id: bar

    required property StaffModel model

    height: Theme.touchTarget * 1.1 + 2 * Theme.spaceM
    color: Theme.card

    Rectangle {
        anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
        height: Theme.line
        color: Theme.edge
    }

    Row {
        anchors { left: parent.left; leftMargin: Theme.spaceL * 1.4; verticalCenter: parent.verticalCenter }
        spacing: Theme.spaceL

        Label {
            anchors.verticalCenter: parent.verticalCenter
            text: qsTr("말로 주방")
            strong: true
            color: Theme.primary
            font.pixelSize: Theme.textL
            wrapMode: Text.NoWrap
        }

        Label {
            objectName: "clock"
            anchors.verticalCenter: parent.verticalCenter
            text: bar.model.time
            strong: true
            font.pixelSize: Theme.textL
            wrapMode: Text.NoWrap
        }

        ConnectionPill {
            anchors.verticalCenter: parent.verticalCenter
            connection: bar.model.connection
        }

        Label {
            objectName: "lastUpdate"
            anchors.verticalCenter: parent.verticalCenter
            visible: bar.model.lastUpdate !== ""
            text: qsTr("마지막 갱신 %1").arg(bar.model.lastUpdate)
            second: true
            wrapMode: Text.NoWrap
        }
    }

    Row {
        anchors { right: parent.right; rightMargin: Theme.spaceL * 1.4; verticalCenter: parent.verticalCenter }
        spacing: Theme.spaceM

        Tag {
            anchors.verticalCenter: parent.verticalCenter
            glyph: "person"
            text: bar.model.user
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
            text: bar.model.language === "ko" ? "English" : "한국어"
            onActed: bar.model.setLanguage(bar.model.language === "ko" ? "en" : "ko")
        }

        DeskButton {
            objectName: "signOut"
            focusPolicy: Qt.TabFocus
            text: qsTr("나가기")
            onActed: bar.model.signOut()
        }
    }
}
