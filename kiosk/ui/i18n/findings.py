"""What a coordinator reads about a finding in a bank source: one reason for each code, both languages."""

from collections.abc import Mapping
from types import MappingProxyType

from kiosk.ui.i18n.language import Pair

REASONS: Mapping[str, Pair] = MappingProxyType(
    {
        "bank/duration": ("考试时长须为正整数分钟", "the duration must be a positive number of minutes"),
        "bank/level-missing": (
            "细目表或试题用到的等级未在 bank.toml 中列出",
            "a level in use is not listed in bank.toml",
        ),
        "bank/levels": ("bank.toml 未列出任何等级", "bank.toml lists no level"),
        "bank/text": ("bank.toml 缺少此项文字", "bank.toml lacks this text"),
        "bank/too-few-items": ("试题不够，按权重表组不成卷", "too few items to fill the weight table"),
        "bank/unsound": ("题库各部分互相矛盾", "parts of the bank contradict each other"),
        "blueprint/count": ("题数须为正整数", "the count must be a positive whole number"),
        "blueprint/points": ("分值须为正数，最多一位小数", "points must be positive, with one decimal at most"),
        "blueprint/points-total": ("全卷总分须为 100 分", "a form must total exactly 100 points"),
        "blueprint/type-short": ("该题型的试题少于组卷需要", "fewer items of this type than a form needs"),
        "blueprint/type-twice": ("同一等级的题型重复", "a type stands twice for one level"),
        "file/column-twice": ("列名重复", "a column stands twice"),
        "file/empty": ("文件为空", "the file is empty"),
        "file/encoding": ("不是 UTF-8 编码", "this is not UTF-8"),
        "file/missing": ("文件不存在", "the file is missing"),
        "file/missing-column": ("缺少列", "a column is missing"),
        "file/quoting": ("引号没有成对", "a quotation mark is not closed"),
        "file/toml": ("bank.toml 的写法有误", "bank.toml is not well formed"),
        "file/too-large": ("文件过大", "the file is too large"),
        "file/too-many-rows": ("行数过多", "there are too many rows"),
        "item/answer": ("标准答案的写法不合本题型", "the key is not written as this type needs it"),
        "item/answer-not-single": ("多选题只有一个正确选项", "a multiple-choice item has only one right option"),
        "item/answer-outside-options": ("标准答案不在选项中", "the key names an option that is not there"),
        "item/answer-single": ("单选题须恰有一个正确选项", "a single-choice item must have exactly one right option"),
        "item/answer-twice": ("标准答案中同一选项重复", "the key names an option twice"),
        "item/duplicate-option": ("两个选项相同", "two options are the same"),
        "item/duplicate-stem": ("与另一题题干相同", "another item has the same stem"),
        "item/empty-stem": ("题干为空", "the stem is empty"),
        "item/fixed-outside-options": ("固定位置的选项不存在", "a fixed option is not there"),
        "item/id-twice": ("试题编号重复", "the item id stands twice"),
        "item/level-not-in-bank": ("试题的等级不在本题库中", "the item's level is not in this bank"),
        "item/negative-tolerance": ("允许误差不能为负", "the tolerance must not be negative"),
        "item/no-answer": ("没有标准答案", "there is no key"),
        "item/no-reviewer": ("还没有复核人", "nobody has reviewed the item"),
        "item/not-a-number": ("这里须为数字", "a number is needed here"),
        "item/one-language": ("缺少一种语言", "one of the two languages is missing"),
        "item/option-gap": ("选项字母不连续", "the option letters have a gap"),
        "item/option-must-be-fixed": ("“以上都是”类选项须固定位置", "an option like 'all of the above' must be fixed"),
        "item/option-names-letters": (
            "选项提到了别的选项字母，打乱后会出错",
            "an option names letters, which shuffling would break",
        ),
        "item/options-not-wanted": ("本题型没有选项", "this type has no options"),
        "item/shuffle": ("shuffle 须为 yes 或 no", "shuffle must be yes or no"),
        "item/status": ("状态的写法有误", "the status is not one of the known ones"),
        "item/tolerance-not-numeric": ("只有数值题有允许误差", "only a numeric item has a tolerance"),
        "item/too-few-options": ("选项太少", "there are too few options"),
        "item/unknown-point": ("鉴定点不在细目表中", "the assessment point is not in the outline"),
        "item/version": ("版本须为正整数", "the version must be a positive whole number"),
        "level/unknown": ("没有这个等级", "there is no such level"),
        "outline/code-twice": ("代码重复", "the code stands twice"),
        "outline/kind": ("kind 须为 range 或 point", "kind must be range or point"),
        "outline/no-range": ("鉴定点没有所属的鉴定范围", "the point belongs to no range"),
        "outline/point-weight": ("权重只写在鉴定范围上", "only ranges carry a weight"),
        "outline/range-short": ("该范围的鉴定点少于组卷需要", "the range has fewer points than a form needs"),
        "outline/range-without-items": ("该范围有权重却没有试题", "the range has a weight and no items"),
        "outline/weight": ("权重须为整数", "the weight must be a whole number"),
        "outline/weights": ("各范围权重之和须为 100", "the weights of the ranges must total 100"),
        "outline/weights-undecided": ("余数相同，题数分配不唯一", "equal remainders leave the item counts undecided"),
        "row/cell-too-long": ("单元格过长", "the cell is too long"),
        "row/cells": ("该行列数与表头不符", "the row has another number of cells than the header"),
        "row/empty": ("该行缺少内容", "a cell that must be filled is empty"),
        "row/name": ("名称的写法有误", "the name is not of the allowed form"),
        "text/hidden-character": ("含有看不见的字符", "the text has a hidden character"),
        "text/html": ("不能使用 HTML", "HTML is not used here"),
        "text/markup": ("上标、下标或粗体没有成对", "a mark for subscript, superscript or bold is not closed"),
        "text/too-long": ("文字过长", "the text is too long"),
    }
)


def reason(code: str) -> str:
    """Return the reason of a finding in both languages; a code without words is a mistake the tests notice."""
    zh, en = REASONS[code]
    return f"{zh} / {en}"
