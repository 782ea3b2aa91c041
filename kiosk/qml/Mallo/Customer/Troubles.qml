import QtQuick
import Mallo.Theme
import Mallo.Components
import Mallo.Customer

// What is wrong right now: the backend away, or the last thing that failed. What happened, why, what to do.
Item {
    id: troubles

    required property CustomerModel model
    readonly property bool away: model.link === "down"
    readonly property string code: model.trouble.code

    readonly property string told: code === "" || away ? "" : words.what(code) + " " + words.how(code)

    height: away ? lost.height : code !== "" ? problem.height : 0

    onCodeChanged: {
        // No sound comes from a backend that is away. ("told" may not have followed the code yet.)
        if (code !== "" && code !== "backend_unreachable" && code !== "timed_out" && !away)
            model.voice.announce(words.what(code) + " " + words.how(code));
    }

    function remedy(): string {
        switch (model.trouble.remedy) {
        case "again": return qsTr("다시 하기");
        case "speak": return model.voice.hears ? qsTr("다시 말하기") : qsTr("글자로 적기");
        case "write": return qsTr("글자로 적기");
        default: return "";
        }
    }

    ProblemWords { id: words }

    Banner {
        id: lost
        objectName: "backendLost"
        width: parent.width
        height: visible ? implicitHeight : 0
        visible: troubles.away
        kind: "warn"
        title: qsTr("주문 시스템을 다시 켜고 있어요.")
        body: qsTr("담은 것은 그대로 있어요. 잠시만 기다려 주세요.")
        closable: false
    }

    Banner {
        id: problem
        objectName: "problem"
        width: parent.width
        height: visible ? implicitHeight : 0
        visible: troubles.code !== "" && !troubles.away
        kind: troubles.model.trouble.source === "voice" ? "warn" : "bad"
        title: words.what(troubles.code)
        body: words.how(troubles.code)
        action: troubles.remedy()
        onActed: troubles.model.trouble.retry()
        onClosed: troubles.model.trouble.dismiss()
    }
}
