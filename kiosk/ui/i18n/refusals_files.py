"""Refusals of what is brought to a PC: packages, signatures, seals, banks, files of the wrong kind."""

from collections.abc import Mapping

from kiosk.ui.i18n.refusal_parts import (
    ASK_COORDINATOR,
    ASK_FOR_PACKAGE,
    COPY_AGAIN,
    NEWER_PROGRAM,
    SEALED,
    UNTOUCHED,
    Parts,
)

_PACKAGE: Mapping[str, Parts] = {
    "package/damaged": Parts(
        ("考试包与签名时不一致，可能复制中断。", "The package is not as it was signed; perhaps a copy was cut short."),
        UNTOUCHED,
        COPY_AGAIN,
    ),
    "package/other-room": Parts(
        (
            "这是 {found} 考场的考试包，本机在 {expected}。",
            "This package is for room {found}; this PC stands in {expected}.",
        ),
        UNTOUCHED,
        ASK_FOR_PACKAGE,
    ),
    "package/other-centre": Parts(
        (
            "这是另一考点（{found}）的考试包。",
            "This package is for another centre ({found}).",
        ),
        UNTOUCHED,
        ASK_FOR_PACKAGE,
    ),
    "package/expired": Parts(
        ("今天不在考试包的有效日期内。", "The package is not valid today."),
        UNTOUCHED,
        (
            "请核对本机日期；日期正确就索取新的考试包。",
            "Check the date of this PC. If it is right, ask for a new package.",
        ),
    ),
    "package/older-program": Parts(
        (
            "考试包要求程序 {expected}，本机是 {found}。",
            "The package needs program {expected}; this PC has {found}.",
        ),
        UNTOUCHED,
        NEWER_PROGRAM,
    ),
    "package/older-package": Parts(
        (
            "本机已有第 {newest} 号考试包，这是较旧的第 {found} 号。",
            "Package {newest} is loaded here already; this is the older {found}.",
        ),
        UNTOUCHED,
        ("不用再装。考场码应与全场一致。", "Nothing to load. The room code must equal the other seats'."),
    ),
    "package/not-a-package": Parts(
        ("这个文件不是考试包。", "This file is not a round package."),
        UNTOUCHED,
        ("请选择以 .kround 结尾的文件。", "Choose the file that ends in .kround."),
    ),
    "package/too-large": Parts(
        ("考试包大得超出限度。", "The package is larger than a package may be."),
        UNTOUCHED,
        ASK_COORDINATOR,
    ),
    "package/key-mismatch": Parts(
        ("打开的密钥与题库或花名册不符。", "A key that opened does not fit its bank or roster."),
        SEALED,
        ASK_FOR_PACKAGE,
    ),
    "package/lock-too-weak": Parts(
        (
            "本批次要求更强的锁定，本机没有达到。",
            "The round asks for a firmer lock than this PC has.",
        ),
        SEALED,
        ("请全屏启动考试程序，或换到备用机。", "Start the program in full screen, or use a spare seat."),
    ),
    **{
        code: Parts(
            ("考试包要求更新的程序。", "The package needs a newer program."),
            UNTOUCHED,
            NEWER_PROGRAM,
        )
        for code in ("package/version", "package/suite")
    },
    **{
        code: Parts(
            ("考试包的内容自相矛盾，不能使用。", "The parts of the package contradict each other."),
            UNTOUCHED,
            ASK_COORDINATOR,
        )
        for code in ("package/malformed", "package/unsound", "package/rules")
    },
}

_TRUST: Mapping[str, Parts] = {
    "trust/unknown-root": Parts(
        (
            "签发者不在本机信任的机构之内。",
            "It was not issued by the body that this PC trusts.",
        ),
        UNTOUCHED,
        ("请核对文件来源；演示文件不能用于考试。", "Check where it came from. Demo files cannot be used in an exam."),
    ),
    "trust/expired": Parts(
        ("签名证书不在有效期内。", "A certificate of the signature was not valid at that time."),
        UNTOUCHED,
        ("请核对本机日期，再联系考务人员。", "Check the date of this PC, then tell the coordinator."),
    ),
    "trust/signature": Parts(
        ("签名与文件内容不符。", "The signature does not belong to this file."),
        UNTOUCHED,
        COPY_AGAIN,
    ),
    "trust/denied": Parts(
        ("签名用的密钥已被吊销。", "The key that signed this has been withdrawn."),
        UNTOUCHED,
        ("请停用此文件，并告诉考务人员。", "Do not use this file, and tell the coordinator."),
    ),
    "trust/wrong-role": Parts(
        (
            "签名者没有签发这类文件的资格。",
            "The signer is not entitled to sign this kind of file.",
        ),
        UNTOUCHED,
        ("请停用此文件，并告诉考务人员。", "Do not use this file, and tell the coordinator."),
    ),
    "trust/wrong-centre": Parts(
        ("一个考点以另一考点的名义签发了证书。", "A centre signed in the name of another centre."),
        UNTOUCHED,
        ("请停用此文件，并告诉考务人员。", "Do not use this file, and tell the coordinator."),
    ),
    **{
        code: Parts(
            ("签名的证书链不合规定。", "The chain of certificates is not as it must be."),
            UNTOUCHED,
            ("请停用此文件，并告诉考务人员。", "Do not use this file, and tell the coordinator."),
        )
        for code in ("trust/chain-depth", "trust/not-an-authority", "trust/path-length")
    },
    "trust/malformed": Parts(
        ("证书或签名读不出来。", "A certificate or signature cannot be read."),
        UNTOUCHED,
        COPY_AGAIN,
    ),
    "trust/wrong-issuer": Parts(
        ("这个机构不能签发这类证书。", "This authority may not issue that certificate."),
        UNTOUCHED,
        ("请用有资格的机构密钥签发。", "Issue it with the key of the entitled authority."),
    ),
    "trust/lifetime": Parts(
        ("证书有效期应为 1 至 400 天。", "A certificate is valid for 1 to 400 days."),
        UNTOUCHED,
        ("请改正有效期后再签发。", "Correct the days and issue it again."),
    ),
    "trust/other-key": Parts(
        ("这份证书是给另一台电脑的。", "This certificate is for another PC."),
        UNTOUCHED,
        ("请取本机申请对应的那一份。", "Take the one that answers this PC's request."),
    ),
    "trust/time": Parts(
        ("本机日期明显不对。", "The date of this PC cannot be right."),
        UNTOUCHED,
        ("请校准本机日期和时间。", "Set date and time of this PC."),
    ),
    "trust/name": Parts(
        ("名称应为 1 至 64 个可见字符。", "A name has 1 to 64 visible characters."),
        UNTOUCHED,
        ("请改正名称。", "Correct the name."),
    ),
}

_SEAL: Mapping[str, Parts] = {
    "seal/not-for-this-key": Parts(
        ("文件封给了别人，这里的密钥打不开。", "The file is sealed to somebody else."),
        UNTOUCHED,
        ("请用成绩办公室的密钥打开。", "Open it with the key of the results office."),
    ),
    "seal/not-sealed": Parts(
        ("这不是密封文件。", "This is not a sealed file."),
        UNTOUCHED,
        COPY_AGAIN,
    ),
    "seal/no-recipient": Parts(
        ("没有指定封给谁。", "Nobody was named to seal this to."),
        UNTOUCHED,
        ASK_COORDINATOR,
    ),
    **{
        code: Parts(
            ("密封文件不完整，或被改动过。", "The sealed file is cut short or altered."),
            UNTOUCHED,
            COPY_AGAIN,
        )
        for code in ("seal/damaged", "seal/header-changed")
    },
    **{
        code: Parts(
            ("密钥的写法不对。", "A key is not written as a key."),
            UNTOUCHED,
            ("请重新复制密钥，前后不留多余字符。", "Copy the key again, with nothing before or after it."),
        )
        for code in ("seal/bad-recipient", "seal/bad-identity")
    },
}

_BANK: Mapping[str, Parts] = {
    "bank/item-damaged": Parts(
        ("这道题读不出来。", "This question cannot be read."),
        ("其他题目和作答都不受影响，已记录。", "Other questions and answers are not affected. It is on record."),
        ("请先做其他题，并举手示意。", "Go on with the other questions and raise your hand."),
    ),
    "bank/no-form": Parts(
        (
            "题库不够组成一份试卷，缺 {missing} 题。",
            "The bank cannot fill a form; {missing} {missing:item is|items are} missing.",
        ),
        UNTOUCHED,
        ASK_COORDINATOR,
    ),
    "bank/no-key": Parts(
        ("试题 {item} 没有标准答案。", "There is no key for item {item}."),
        UNTOUCHED,
        ("请补上这一版本的标准答案。", "Add the key for this version."),
    ),
    "bank/source-refused": Parts(
        ("题库源文件有错误，没有编译。", "The bank's source has errors and was not compiled."),
        UNTOUCHED,
        ("请按列出的位置修改题库。", "Correct the bank where the list says."),
    ),
    "bank/unsound": Parts(
        ("题库自相矛盾：{where}。", "The bank contradicts itself: {where}."),
        UNTOUCHED,
        ("请按列出的位置修改题库。", "Correct the bank where the list says."),
    ),
}

_FORMAT: Mapping[str, Parts] = {
    "format/too-large": Parts(("文件大得超出限度。", "The file is larger than it may be."), UNTOUCHED, ASK_COORDINATOR),
    **{
        code: Parts(("这不是所要的那种文件。", "This is not the kind of file that is wanted."), UNTOUCHED, COPY_AGAIN)
        for code in ("format/not-a-container", "format/other", "format/container")
    },
    **{
        code: Parts(("文件要求更新的程序。", "The file needs a newer program."), UNTOUCHED, NEWER_PROGRAM)
        for code in ("format/version", "format/suite")
    },
    **{
        code: Parts(("文件不完整，或被改动过。", "The file is cut short or altered."), UNTOUCHED, COPY_AGAIN)
        for code in ("format/damaged", "format/canonical", "format/shape")
    },
}

REFUSALS: Mapping[str, Parts] = {**_PACKAGE, **_TRUST, **_SEAL, **_BANK, **_FORMAT}
