import QtQuick
import Mallo.Theme
import Mallo.Components
import Mallo.Customer

// Where everything stands: steps on top, one task in the middle, the voice below it, always the same bar at the bottom.
// On a low screen the controls keep to the part that a seated customer reaches, and the rest tells where one is.
FocusScope {
    id: screen

    required property CustomerModel model
    readonly property bool attract: model.page === "attract"
    readonly property bool placed: model.page === "placed"
    readonly property bool asking: questions.open || entry.shown
    readonly property real stageTop: Theme.lowScreen ? height * (1 - Theme.lowFraction) : 0

    function step(): int {
        switch (model.page) {
        case "item": return model.item.section === "ingredients" && model.item.canAdd ? 2 : 1;
        case "cart": return 3;
        case "placed": return 4;
        default: return 0;
        }
    }

    function walk(forward: bool): void {
        const from = Window.activeFocusItem ?? screen;
        const next = from.nextItemInFocusChain(forward);
        if (next)
            next.forceActiveFocus(forward ? Qt.TabFocusReason : Qt.BacktabFocusReason);
    }

    // Any key is a sign of life, whoever handles it: this comes before the key, and to parents too.
    Keys.onShortcutOverride: event => {
        event.accepted = false;
        screen.model.key();
    }

    // What stands on a page is said when one comes to it; the cart says its own sum.
    function readPage(): void {
        if (Guide.on && screen.model.page !== "cart")
            Guide.tell([steps.visible ? steps.aloud : "", ...Guide.standing(pages)].filter(words => words !== "").join(". "));
    }

    Binding {
        target: Guide
        property: "on"
        value: screen.model.display.voiceGuide
    }

    Connections {
        target: Guide

        function onSaid(words: string): void {
            screen.model.voice.announce(words);
        }

        function onOnChanged(): void {
            screen.model.voice.announce(Guide.on ? qsTr("음성 안내를 켰어요. 화살표로 움직이고 엔터로 눌러요. 화면은 한 번 누르면 읽고, 한 번 더 누르면 눌러져요.") : screen.attract ? "" : qsTr("음성 안내를 껐어요."));
        }
    }

    Keys.onPressed: event => {
        switch (event.key) {
        case Qt.Key_Right:
        case Qt.Key_Down: screen.walk(true); event.accepted = true; break;
        case Qt.Key_Left:
        case Qt.Key_Up: screen.walk(false); event.accepted = true; break;
        case Qt.Key_F2: screen.model.display.toggle_voice_guide(); event.accepted = true; break;
        case Qt.Key_Escape: if (!screen.asking) screen.model.back(); event.accepted = true; break;
        }
    }

    ProblemWords { id: words }

    Rectangle {
        anchors.fill: parent
        color: Theme.surface
    }

    LowInfo {
        width: parent.width
        height: screen.stageTop
        visible: screen.stageTop > 0
        model: screen.model
    }

    Item {
        id: stage
        objectName: "stage"
        y: screen.stageTop
        width: parent.width
        height: parent.height - y
        enabled: !screen.asking

        StepsBar {
            id: steps
            objectName: "steps"
            visible: !screen.attract
            width: parent.width
            height: visible ? implicitHeight : 0
            step: screen.step()
            covered: toast.visible
        }

        Troubles {
            id: troubles
            anchors.top: steps.bottom
            x: Theme.spaceL
            width: parent.width - 2 * Theme.spaceL
            model: screen.model
        }

        Item {
            id: pages
            anchors.top: troubles.bottom
            anchors.topMargin: troubles.height > 0 ? Theme.spaceM : screen.attract ? Theme.spaceM : 0
            x: Theme.spaceL
            width: (Theme.portrait || !voice.visible ? parent.width : parent.width - voice.width - Theme.spaceL) - 2 * Theme.spaceL
            height: (Theme.portrait && voice.visible ? voice.y : bar.y) - y - Theme.spaceM

            AttractPage {
                anchors.fill: parent
                visible: screen.attract
                model: screen.model
            }

            MenuPage {
                anchors.fill: parent
                visible: screen.model.page === "menu"
                model: screen.model
            }

            ItemPage {
                anchors.fill: parent
                visible: screen.model.page === "item"
                model: screen.model
                onLetteringWanted: entry.ask("lettering", screen.model.item.lettering)
            }

            CartPage {
                anchors.fill: parent
                visible: screen.model.page === "cart"
                model: screen.model
            }

            PlacedPage {
                anchors.fill: parent
                visible: screen.placed
                model: screen.model
            }
        }

        // A trembling finger's second tap must not hit what has just come under it.
        MouseArea {
            objectName: "settling"
            anchors.fill: pages
            visible: settling.running

            Timer {
                id: settling
                interval: Theme.tremor
            }
        }

        VoicePanel {
            id: voice
            objectName: "voicePanel"
            visible: !screen.attract && !screen.placed
            model: screen.model.voice
            quiet: troubles.told !== "" && screen.model.voice.caption === troubles.told
            x: Theme.portrait ? Theme.spaceL : parent.width - width - Theme.spaceL
            y: Theme.portrait ? bar.y - height - Theme.spaceM : troubles.height > 0 ? troubles.y + troubles.height + Theme.spaceM : steps.height
            width: Theme.portrait ? parent.width - 2 * Theme.spaceL : parent.width * (Theme.largeText ? 0.33 : 0.27)
            height: Theme.portrait ? implicitHeight : bar.y - y - Theme.spaceM
            onTalk: screen.model.talk()
            onCorrect: entry.ask("sentence", screen.model.voice.transcript)
        }

        BottomBar {
            id: bar
            objectName: "bottomBar"
            anchors.bottom: parent.bottom
            width: parent.width
            language: screen.model.display.language
            canGoBack: !screen.attract && !screen.placed
            canGoHome: !screen.attract
            canRepeat: screen.model.voice.caption !== ""
            onBack: screen.model.back()
            onHome: screen.model.home()
            onHelp: screen.model.help.call()
            onRepeat: screen.model.voice.repeat()
            onSpeak: language => screen.model.display.speak(language)
            onLargeText: screen.model.display.toggle_large_text()
            onHighContrast: screen.model.display.toggle_high_contrast()
            onLowScreen: screen.model.display.toggle_low_screen()
        }

        Toast {
            id: toast
            objectName: "toast"
            anchors.horizontalCenter: steps.horizontalCenter
            y: Math.max(0, (steps.height - height) / 2) // over the steps: they wait, what is under the hand does not
        }

        Connections {
            target: screen.model

            function onPageChanged(): void {
                settling.restart();
                Qt.callLater(screen.readPage);
            }

            function onWritingWanted(): void {
                if (!screen.model.voice.hears)
                    screen.model.voice.announce(words.notHeard(screen.model.voice.hearsOther));
                entry.ask("sentence", "");
            }

            function onSilent(): void {
                toast.tell(qsTr("소리 없이 글자로 답해요."));
            }

            function onAdded(name: string): void {
                toast.show(qsTr("%1 담았어요").arg(name));
            }
        }
    }

    EntryPanel {
        id: entry
        model: screen.model
    }

    Questions {
        id: questions
        anchors.fill: parent
        model: screen.model
    }

    // Any touch is a sign of life, whoever handles it. On top of all: what a button takes does not come to what is below.
    Item {
        anchors.fill: parent
        z: 1

        PointHandler {
            acceptedDevices: PointerDevice.AllDevices
            onActiveChanged: if (active) screen.model.touch()
        }
    }
}
