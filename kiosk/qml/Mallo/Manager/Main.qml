pragma ComponentBehavior: Bound
import QtQuick
import Mallo.Desk
import Mallo.Manager

// The manager's window: sign in, then how the shop's machines are.
DeskWindow {
    id: window

    required property ManagerModel model

    objectName: "managerWindow"
    title: qsTr("말로 매니저")

    Loader {
        anchors.fill: parent
        focus: true
        sourceComponent: window.model.screen !== "overview" ? signIn : window.model.tab === "studio" ? studio : overview
    }

    Component {
        id: signIn

        SignInPanel {
            objectName: "managerSignIn"
            focus: true
            heading: qsTr("매니저로 들어가기")
            hint: qsTr("매니저 아이디와 PIN 번호를 넣어 주세요. 들어가면 엔진과 연결 상태를 볼 수 있어요.")
            glyph: "person"
            model: window.model.entry
        }
    }

    Component {
        id: studio

        Studio {
            focus: true
            model: window.model
        }
    }

    Component {
        id: overview

        Overview {
            focus: true
            model: window.model
        }
    }
}
