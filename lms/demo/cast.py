"""Who lives in the demo: invented people with real-shaped names, at invented places."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """An organisation of the demo, below the one with key `parent`."""

    key: str
    name: str
    hanzi: str
    urdu: str
    kind: str
    parent: str | None
    country: str
    city: str
    time_zone: str = "Asia/Karachi"


@dataclass(frozen=True)
class Actor:
    """Somebody of the demo.

    `progress` is how much of the first class they have done, from 0 to 1;
    who struggles has then failed the next quiz three times.
    """

    key: str
    role: str
    name: str
    urdu: str | None = None
    hanzi: str | None = None
    pinyin: str | None = None
    father: str | None = None
    language: str = "en"
    place: str = "indus"
    progress: float = 0.0
    days_ago: int = 1
    struggles: bool = False


PLACES = (
    Place("alliance", "Karakoram Alliance for Vocational Education", "喀喇昆仑职业教育联盟", "قراقرم اتحاد برائے فنی تعلیم", "alliance", None, "PK", "Islamabad"),
    Place("indus", "Indus College of Technology", "印度河技术学院", "انڈس کالج آف ٹیکنالوجی", "college", "alliance", "PK", "Rawalpindi"),
    Place("indus-taxila", "Indus College, Taxila Campus", "印度河技术学院塔克西拉校区", "انڈس کالج، ٹیکسلا کیمپس", "campus", "indus", "PK", "Taxila"),
    Place("jialing", "Jialing Vocational University", "嘉陵职业技术大学", "جیالنگ ووکیشنل یونیورسٹی", "university", "alliance", "CN", "Chongqing", "Asia/Shanghai"),
    Place("lahore-centre", "Lahore Excellence Training Centre", "拉合尔卓越培训中心", "لاہور مرکزِ تربیت", "centre", "alliance", "PK", "Lahore"),
    Place("nanga", "Nanga Hydropower Company", "南迦水电公司", "نانگا ہائیڈرو پاور کمپنی", "enterprise", "alliance", "PK", "Gilgit"),
)  # fmt: skip

# The first of each role is the one whose sign-in is printed.
CAST = (
    Actor("ayesha", "student", "Ayesha Khan", "عائشہ خان", "艾莎", "Ài Shā", "Tariq Khan"),
    Actor("bilal", "student", "Bilal Hussain", "بلال حسین", "毕拉", "Bì Lā", "Ghulam Hussain", language="ur", progress=0.3),
    Actor("zhang-min", "student", "Zhang Min", None, "张敏", "Zhāng Mǐn", language="zh", place="jialing", progress=0.1),
    Actor("sana", "trainee", "Sana Malik", "ثنا ملک", "萨娜", "Sà Nà", "Akram Malik", place="lahore-centre", progress=0.2),
    Actor("li-wei", "teacher", "Li Wei", "لی وے", "李伟", "Lǐ Wěi"),
    Actor("imran", "teacher", "Imran Qureshi", "عمران قریشی", "易木兰", "Yì Mùlán", "Saeed Qureshi", place="indus-taxila"),
    Actor("farah", "registrar", "Farah Siddiqui", "فرح صدیقی", "法拉", "Fǎ Lā", "Anwar Siddiqui"),
    Actor("usman", "administrator", "Usman Tariq", "عثمان طارق", "乌斯曼", "Wū Sīmàn", "Tariq Mehmood", place="alliance"),
    Actor("hira", "student", "Hira Batool", "حرا بتول", "希拉", "Xī Lā", "Zahid Abbas", progress=1.0, days_ago=2),
    Actor("hamza", "student", "Hamza Yousaf", "حمزہ یوسف", "哈姆扎", "Hā Mǔzā", "Muhammad Yousaf", progress=1.0, days_ago=3),
    Actor("maryam", "student", "Maryam Noor", "مریم نور", "玛丽亚姆", "Mǎlì Yàmǔ", "Noor Muhammad", progress=0.8),
    Actor("danish", "student", "Muhammad Danish", "محمد دانش", "达尼什", "Dá Níshí", "Abdul Rashid", progress=0.55, days_ago=12),
    Actor("kiran", "student", "Kiran Shahzadi", "کرن شہزادی", None, None, "Allah Ditta", progress=0.47, struggles=True),
    Actor("waqas", "student", "Waqas Ahmed", "وقاص احمد", None, None, "Nazir Ahmed", progress=0.35),
    Actor("rabia", "student", "Rabia Gul", "رابعہ گل", None, None, "Gul Zaman", progress=0.25, days_ago=9),
    Actor("adeel", "student", "Adeel Ur Rehman", "عدیل الرحمٰن", None, None, "Abdul Rehman", progress=0.2),
    Actor("fatima", "student", "Syeda Fatima Zahra", "سیدہ فاطمہ زہرا", None, None, "Syed Ali Raza", progress=0.15),
    Actor("shahid", "student", "Shahid Afzal", "شاہد افضل", None, None, "Muhammad Afzal", days_ago=20),
    Actor("nadia", "student", "Nadia Perveen", "نادیہ پروین", None, None, "Bashir Ahmed", progress=0.1),
    Actor("iqra", "student", "Iqra Saleem", "اقرا سلیم", None, None, "Muhammad Saleem", place="indus-taxila", progress=0.5),
    Actor("junaid", "student", "Junaid Akhtar", "جنید اختر", None, None, "Akhtar Ali", place="indus-taxila", progress=0.3),
)  # fmt: skip


@dataclass(frozen=True)
class Lesson:
    """A class of the demo: who teaches, and who learns by place or by key."""

    key: str
    title: str
    course: str
    place: str
    teacher: str
    learners: tuple[str, ...]
    has_history: bool = False


_INDUS = tuple(actor.key for actor in CAST if actor.role == "student" and actor.place == "indus")
CLASSES = (
    Lesson("mandarin-2026-a", "Mandarin evening class A", "mandarin-workplace-1", "indus", "li-wei", (*_INDUS, "sana", "zhang-min"), True),
    Lesson("mandarin-2026-t", "Mandarin morning class, Taxila", "mandarin-workplace-1", "indus-taxila", "imran", ("iqra", "junaid"), True),
    Lesson("electrical-2026-a", "Electricians, first year", "electrical-first-circuits", "indus", "li-wei", ("ayesha", "bilal", "hira", "hamza", "maryam")),
    Lesson("teaching-2026", "Teachers in training, winter", "teaching-mandarin-blended", "lahore-centre", "li-wei", ("sana",)),
    Lesson("hydropower-2026", "Site induction, autumn intake", "hydropower-risk-prevention", "nanga", "imran", ("ayesha", "waqas")),
    Lesson("gallery", "Gallery of everything", "gallery", "indus", "li-wei", ("ayesha", "bilal", "zhang-min", "sana")),
)  # fmt: skip

TRACKS = {
    "mandarin-electrical": ("indus", ("ayesha", "bilal", "hira", "hamza", "maryam")),
    "teacher-training": ("lahore-centre", ("sana",)),
}
