pragma ComponentBehavior: Bound
import QtQuick
import Mallo.Desk
import Mallo.Staff

// The staff window: sign in, then the board.
DeskWindow {
    id: window

    required property StaffModel model

    objectName: "staffWindow"
    title: qsTr("말로 주방")

    Tray {
        model: window.model
        watched: window.active
        onWanted: {
            window.raise();
            window.requestActivate();
        }
    }

    Loader {
        anchors.fill: parent
        focus: true
        sourceComponent: window.model.screen === "board" ? board : signIn
    }

    Component {
        id: signIn

        SignInPanel {
            objectName: "staffSignIn"
            focus: true
            heading: qsTr("주방에 들어가기")
            hint: qsTr("직원 아이디와 PIN 번호를 넣어 주세요. 들어가면 새 주문이 소리와 함께 바로 떠요.")
            glyph: "plate"
            model: window.model.entry
        }
    }

    Component {
        id: board

        Board {
            focus: true
            model: window.model
        }
    }
}
