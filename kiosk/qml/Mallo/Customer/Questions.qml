import QtQuick
import Mallo.Theme
import Mallo.Components
import Mallo.Customer

// What is asked or told over everything: start over?, are you still there?, help is coming.
Item {
    id: questions

    required property CustomerModel model
    readonly property bool open: home.shown || idle.shown || help.shown

    Dialog {
        id: home
        objectName: "homeQuestion"
        shown: questions.model.askingHome && !idle.shown
        title: qsTr("처음으로 돌아갈까요?")
        body: qsTr("담은 메뉴가 모두 지워져요.")
        actions: [
            Button {
                objectName: "stay"
                kind: "primary"
                textSize: Theme.textM
                text: qsTr("계속 주문할게요")
                onActed: questions.model.stay()
            },
            Button {
                objectName: "leave"
                textSize: Theme.textM
                text: qsTr("네, 지울게요")
                onActed: questions.model.start_over()
            }
        ]
    }

    Dialog {
        id: idle
        objectName: "idleQuestion"
        readonly property bool ordered: questions.model.page === "placed"
        shown: questions.model.askingIdle
        title: qsTr("아직 계신가요?")
        body: qsTr("%1초 뒤에 처음 화면으로 돌아가요.").arg(questions.model.secondsLeft)
        onShownChanged: if (shown)
            questions.model.voice.announce(ordered ? qsTr("아직 계신가요? 화면을 누르시면 더 보실 수 있어요.") : qsTr("아직 계신가요? 화면을 누르시면 계속 주문할 수 있어요."))
        actions: [
            Button {
                objectName: "stillHere"
                kind: "primary"
                textSize: Theme.textM
                text: idle.ordered ? qsTr("더 볼게요") : qsTr("계속 주문할게요")
                onActed: questions.model.touch()
            },
            Button {
                objectName: "idleLeave"
                textSize: Theme.textM
                text: qsTr("그만할게요")
                onActed: questions.model.start_over()
            }
        ]
    }

    Dialog {
        id: help
        objectName: "helpDialog"
        readonly property bool coming: questions.model.help.state === "coming"
        shown: (questions.model.help.state === "called" || coming) && !idle.shown && !home.shown
        title: coming ? qsTr("직원이 가고 있어요") : qsTr("직원을 불렀어요")
        body: coming ? qsTr("지금 이 자리로 와요. 기다리는 동안 계속 주문하셔도 돼요.") : qsTr("곧 이 자리로 와요. 기다리는 동안 계속 주문하셔도 돼요.")
        // One value, so that what changes together is said once.
        readonly property string aloud: !shown ? "" : coming ? qsTr("직원이 가고 있어요.") : qsTr("직원을 불렀어요. 곧 이 자리로 와요.")
        onAloudChanged: if (aloud !== "")
            questions.model.voice.announce(aloud)
        actions: Button {
            objectName: "helpClose"
            kind: "primary"
            textSize: Theme.textM
            text: qsTr("알겠어요")
            onActed: questions.model.help.close()
        }
    }
}
