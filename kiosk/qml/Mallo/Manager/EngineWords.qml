import QtQuick

// Engines, reasons and warnings -> words for a manager: what it is, why it does not work, what to do now.
QtObject {
    function capability(code: string): string {
        switch (code) {
        case "language": return qsTr("말 알아듣기");
        case "speech_to_text": return qsTr("음성 듣기");
        case "text_to_speech": return qsTr("소리 내어 말하기");
        case "image": return qsTr("그림 그리기");
        default: return code;
        }
    }

    function engine(code: string): string {
        switch (code) {
        case "gemini": return "Gemini";
        case "openai": return "OpenAI";
        case "pocketsphinx": return "PocketSphinx";
        case "espeak-ng": return "eSpeak NG";
        case "whisper":
        case "faster-whisper": return "Whisper";
        case "offline": return qsTr("내장 규칙");
        default: return code;
        }
    }

    function vendor(code: string): bool {
        return code === "gemini" || code === "openai";
    }

    function language(code: string): string {
        switch (code) {
        case "ko": return qsTr("한국어");
        case "en": return qsTr("영어");
        default: return code;
        }
    }

    function languages(codes: list<string>): string {
        const shown = codes.slice(0, 2).map(language);
        const more = codes.length - shown.length;
        return shown.join(", ") + (more > 0 ? " " + qsTr("외 %1개").arg(more) : "");
    }

    function key(engine: string): string {
        return engine === "openai" ? "OPENAI_API_KEY" : "GEMINI_API_KEY";
    }

    // The setting that lists the models of this work, in order of wish.
    function models(engine: string, capability: string): string {
        const work = ({ language: "LANGUAGE", speech_to_text: "HEARING", text_to_speech: "SPEECH", image: "IMAGE" })[capability];
        return vendor(engine) ? "MALLO_" + engine.toUpperCase() + "_" + work + "_MODELS" : "MALLO_WHISPER_MODEL";
    }

    function why(reason: string): string {
        switch (reason) {
        case "": return "";
        case "no_key": return qsTr("API 키가 없어요.");
        case "wrong_key": return qsTr("API 키가 맞지 않아요.");
        case "not_permitted": return qsTr("이 키로는 쓸 수 없는 기능이라고 해요.");
        case "region": return qsTr("이 나라에서는 쓸 수 없다고 해요.");
        case "quota": return qsTr("쓸 수 있는 양을 다 썼어요.");
        case "rate_limited": return qsTr("짧은 시간에 너무 많이 불렀어요.");
        case "no_answer":
        case "failed": return qsTr("답이 없어요.");
        case "timeout": return qsTr("답이 너무 늦어요.");
        case "model_gone": return qsTr("설정에 적힌 모델이 이제 하나도 없어요.");
        case "bad_response": return qsTr("알아볼 수 없는 답을 보내요.");
        case "rejected": return qsTr("부탁을 들어주지 않아요.");
        case "not_offered": return qsTr("이 엔진이 하지 못하는 일이에요.");
        case "crashed": return qsTr("엔진이 멈췄어요.");
        case "misconfigured": return qsTr("설정이 맞지 않아요.");
        case "not_installed": return qsTr("아직 설치하지 않았어요.");
        case "no_model": return qsTr("모델 파일이 없어요.");
        case "model_incomplete": return qsTr("모델 파일 일부가 빠졌어요.");
        case "model_broken":
        case "download_damaged": return qsTr("모델 파일이 망가졌어요.");
        case "model_too_large": return qsTr("모델이 이 컴퓨터의 메모리보다 커요.");
        case "loading": return qsTr("모델을 읽고 있어요.");
        case "downloading": return qsTr("모델을 내려받고 있어요.");
        case "download_failed":
        case "download_no_network":
        case "download_refused": return qsTr("모델을 내려받지 못했어요.");
        case "download_not_found": return qsTr("내려받을 모델을 찾지 못했어요.");
        case "download_too_large": return qsTr("내려받을 모델이 너무 커요.");
        case "download_no_space": return qsTr("모델을 저장할 자리가 없어요.");
        case "download_not_writable": return qsTr("모델 폴더에 쓸 수 없어요.");
        default: return qsTr("지금은 쓸 수 없어요. (%1)").arg(reason);
        }
    }

    function todo(reason: string, engine: string, capability: string): string {
        switch (reason) {
        case "no_key": return qsTr("%1(또는 MALLO_%1)를 설정하고 다시 시작하면 켜져요.").arg(key(engine));
        case "wrong_key": return qsTr("%1 값을 확인하고 다시 시작해 주세요.").arg(key(engine));
        case "not_permitted": return qsTr("%1 계정에서 이 키의 권한을 확인해 주세요.").arg(this.engine(engine));
        case "region": return qsTr("쓸 수 있는 나라의 계정으로 바꾸거나 다른 엔진을 써 주세요.");
        case "quota": return qsTr("%1 계정의 결제와 한도를 확인해 주세요.").arg(this.engine(engine));
        case "rate_limited": return qsTr("잠시 뒤 저절로 다시 써요.");
        case "no_answer":
        case "timeout":
        case "failed":
            return vendor(engine) ? qsTr("인터넷 연결을 확인해 주세요. 저절로 다시 물어봐요.") : qsTr("저절로 다시 켜고 있어요. 계속되면 다시 시작해 주세요.");
        case "model_gone":
        case "download_not_found":
        case "model_too_large":
        case "download_too_large": return qsTr("설정의 모델 목록(%1)을 고치고 다시 시작해 주세요.").arg(models(engine, capability));
        case "bad_response": return qsTr("저절로 다시 물어봐요. 계속되면 설정의 모델 목록(%1)을 바꿔 주세요.").arg(models(engine, capability));
        case "crashed": return qsTr("저절로 다시 켜고 있어요. 계속되면 기록을 확인해 주세요.");
        case "not_installed": return qsTr("make whisper를 실행하고 다시 시작하면 켜져요.");
        case "no_model": return qsTr("모델을 폴더에 넣거나 내려받기를 허락해 주세요.");
        case "model_incomplete": return qsTr("빠진 파일도 폴더에 넣어 주세요.");
        case "model_broken":
        case "download_damaged": return qsTr("모델을 다시 받아 주세요.");
        case "loading":
        case "downloading": return qsTr("끝나면 저절로 켜져요.");
        case "download_failed":
        case "download_no_network":
        case "download_refused": return qsTr("인터넷 연결을 확인해 주세요. 저절로 다시 받아요.");
        case "download_no_space": return qsTr("디스크를 비우면 저절로 다시 받아요.");
        case "download_not_writable": return qsTr("폴더의 권한을 고치면 저절로 다시 받아요.");
        case "": return "";
        default: return qsTr("설정을 확인하고 다시 시작해 주세요. 자세한 것은 기록에 있어요.");
        }
    }

    // What customers get meanwhile. ``instead``: names of engines as the backend tells them.
    function meanwhile(instead: list<string>): string {
        return instead.length ? qsTr("그동안 손님에게는 %1 엔진이 답해요.").arg(instead.map(name => engine(name)).join(", ")) : "";
    }

    function unserved(capability: string): string {
        switch (capability) {
        case "language": return qsTr("손님은 화면을 눌러 주문할 수 있어요.");
        case "speech_to_text": return qsTr("손님은 글자나 화면으로 주문할 수 있어요.");
        case "text_to_speech": return qsTr("손님은 답을 화면에서 글자로 봐요.");
        case "image": return qsTr("케이크 그림 없이 주문할 수 있어요.");
        default: return "";
        }
    }

    function deaf(capability: string): string {
        const what = capability === "text_to_speech" ? qsTr("지금 한국어로 말하는 엔진이 없어요.")
                   : capability === "language" ? qsTr("지금 한국어를 알아듣는 엔진이 없어요.") : qsTr("지금 한국어를 듣는 엔진이 없어요.");
        return what + " " + unserved(capability);
    }

    function day(iso: string): string {
        const parts = iso.split("-").map(Number);
        return parts.length === 3 ? new Date(parts[0], parts[1] - 1, parts[2]).toLocaleDateString(Qt.locale(qsTr("ko_KR")), qsTr("yyyy년 M월 d일")) : iso;
    }

    function warning(code: string, model: string, instead: string, ends: string, daysLeft: int): string {
        if (code === "model_retired")
            return instead !== "" ? qsTr("%1 모델이 없어져서 %2 모델을 써요.").arg(model).arg(instead) : qsTr("%1 모델이 없어졌어요.").arg(model);
        if (code === "model_ends_soon") {
            const left = daysLeft > 1 ? qsTr("%1일 남았어요.").arg(daysLeft) : daysLeft === 1 ? qsTr("하루 남았어요.")
                       : daysLeft === 0 ? qsTr("오늘까지예요.") : qsTr("날짜가 지났어요.");
            return qsTr("%1 모델은 %2에 끝나요. %3").arg(model).arg(day(ends)).arg(left);
        }
        return model + " (" + code + ")";
    }

    function advice(code: string, engine: string, capability: string): string {
        return code === "model_ends_soon" ? qsTr("%1에 다음 모델을 적어 주세요.").arg(models(engine, capability)) : "";
    }
}
