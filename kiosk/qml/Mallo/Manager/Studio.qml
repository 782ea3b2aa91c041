pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Dialogs
import Mallo.Components
import Mallo.Desk
import Mallo.Manager
import Mallo.Theme

// Pictures of the menu: made, changed, compared, and put on the cards of the kiosks.
FocusScope {
    id: studio

    required property ManagerModel model
    readonly property StudioModel work: model.studio

    objectName: "studio"

    Shortcut {
        sequences: [StandardKey.Undo]
        onActivated: studio.work.undo()
    }

    Shortcut {
        sequence: "Ctrl+Return"
        onActivated: studio.work.publish()
    }

    DeskBar {
        id: top
        anchors { left: parent.left; right: parent.right; top: parent.top }
        heading: qsTr("그림 스튜디오")
        connection: studio.model.connection
        lastUpdate: studio.model.lastUpdate
        user: studio.model.user
        language: studio.model.language
        onLanguageWanted: language => studio.model.setLanguage(language)
        onSignOutWanted: studio.model.signOut()
        actions: DeskButton {
            objectName: "toOverview"
            focusPolicy: Qt.TabFocus
            text: qsTr("엔진과 연결")
            onActed: studio.model.openTab("overview")
        }
    }

    ProblemWords { id: words }

    Rectangle {
        id: trouble
        objectName: "studioTrouble"
        anchors { left: parent.left; right: parent.right; top: top.bottom }
        visible: studio.work.problem !== ""
        height: visible ? troubleText.height + 2 * Theme.spaceM : 0
        color: Theme.warn

        Label {
            id: troubleText
            objectName: "studioTroubleText"
            anchors { left: parent.left; right: close.left; margins: Theme.spaceL * 1.4; verticalCenter: parent.verticalCenter }
            text: (studio.work.problemBy !== "" ? qsTr("%1 님이 먼저 바꿨어요.").arg(studio.work.problemBy) : words.what(studio.work.problem)) + " " + words.how(studio.work.problem)
            strong: true
            color: Theme.signalInk
            font.pixelSize: Theme.textM
            Accessible.role: Accessible.AlertMessage
        }

        DeskButton {
            id: close
            objectName: "dismiss"
            anchors { right: parent.right; rightMargin: Theme.spaceL * 1.4; verticalCenter: parent.verticalCenter }
            text: qsTr("닫기")
            onActed: studio.work.dismiss()
        }
    }

    Item {
        id: body
        anchors { left: parent.left; right: parent.right; top: trouble.bottom; bottom: parent.bottom; margins: Theme.spaceL }

        StudioGallery {
            id: gallery
            width: body.width * 0.2
            height: body.height
            work: studio.work
            onUploadWanted: files.open()
        }

        StudioStage {
            id: stage
            anchors { left: gallery.right; right: tools.left; leftMargin: Theme.spaceL; rightMargin: Theme.spaceL }
            height: body.height
            work: studio.work
        }

        StudioTools {
            id: tools
            anchors.right: parent.right
            width: body.width * 0.28
            height: body.height
            work: studio.work
        }
    }

    DropArea {
        anchors.fill: body
        onDropped: drop => {
            if (drop.hasUrls)
                studio.work.bring(drop.urls[0]);
        }
    }

    FileDialog {
        id: files
        title: qsTr("올릴 사진 고르기")
        nameFilters: [qsTr("사진 (*.png *.jpg *.jpeg *.webp)")]
        onAccepted: studio.work.bring(selectedFile)
    }
}
