"""All tables of competitions as its first four migrations leave them, made at once."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import people.fields
from people.operations import CreateModels


class Migration(migrations.Migration):

    replaces = [
        ('competitions', '0001_initial'),
        ('competitions', '0002_demonstration_skills'),
        ('competitions', '0003_conflict_parties'),
        ('competitions', '0004_appeals'),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('people', '0001_initial'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Series',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=120, unique=True, verbose_name='系列')),
                    ('region', models.CharField(blank=True, max_length=6)),
                ],
            ),
            migrations.CreateModel(
                name='Competition',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.SlugField(max_length=60, unique=True, verbose_name='代码')),
                    ('name', models.CharField(max_length=160, verbose_name='赛事名称')),
                    ('name_en', models.CharField(blank=True, max_length=160, verbose_name='英文名称')),
                    ('edition', models.CharField(blank=True, max_length=40, verbose_name='届次')),
                    ('tier', models.CharField(choices=[('world', '世界技能大赛'), ('international', '国际赛事'), ('national', '全国职业技能大赛'), ('national-industry', '全国行业职业技能竞赛'), ('provincial', '省级'), ('municipal', '市级'), ('county', '区县级'), ('enterprise', '企业'), ('school', '院校')], max_length=30, verbose_name='赛事层级')),
                    ('competition_class', models.CharField(choices=[('none', '不分类'), ('class-1', '一类'), ('class-2', '二类')], default='none', max_length=10, verbose_name='类别')),
                    ('kind', models.CharField(choices=[('comprehensive', '综合'), ('industry', '行业'), ('special', '专项'), ('rural', '乡村振兴'), ('post-training', '岗位练兵'), ('skill-contest', '技能比武'), ('five-small', '五小'), ('startup', '创业创新')], default='comprehensive', max_length=20, verbose_name='性质')),
                    ('region', models.CharField(blank=True, max_length=6, verbose_name='行政区划')),
                    ('place', models.CharField(blank=True, max_length=80, verbose_name='地点')),
                    ('zone', models.CharField(default='Asia/Shanghai', max_length=40, verbose_name='时区')),
                    ('starts_on', models.DateField(verbose_name='开始日期')),
                    ('ends_on', models.DateField(verbose_name='结束日期')),
                    ('document_number', models.CharField(blank=True, max_length=80, verbose_name='文号')),
                    ('origin', models.CharField(choices=[('own', '本平台举办'), ('external', '外部成绩')], default='own', max_length=10)),
                    ('is_rehearsal', models.BooleanField(default=False, verbose_name='演练')),
                    ('phase', models.CharField(choices=[('draft', '草拟'), ('filed', '备案'), ('entry', '报名'), ('preparation', '筹备'), ('competing', '竞赛'), ('verification', '复核'), ('publicity', '公示'), ('final', '最终'), ('archived', '归档'), ('cancelled', '取消')], default='draft', max_length=20)),
                    ('cancel_reason', models.CharField(blank=True, max_length=300)),
                    ('public_from', models.CharField(choices=[('on-entry', '录入即显示'), ('sheet-complete', '评分表评完'), ('judge-signed', '裁判签名后'), ('chief-signed', '裁判长签名后')], default='chief-signed', max_length=20, verbose_name='公众看板计分时点')),
                    ('is_listed', models.BooleanField(default=True, verbose_name='首页公开')),
                    ('tier_role', models.JSONField(blank=True, default=dict)),
                    ('entry_conditions', models.JSONField(blank=True, default=list)),
                    ('minimum_field', models.JSONField(blank=True, default=dict)),
                    ('created_at', models.DateTimeField()),
                    ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='owned_competitions', to='people.organization')),
                    ('series', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='competitions.series')),
                    ('appeal_minutes', models.PositiveSmallIntegerField(default=120, verbose_name='申诉时限（分钟）')),
                ],
            ),
            migrations.CreateModel(
                name='Delegation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=120, verbose_name='代表队')),
                    ('region', models.CharField(blank=True, max_length=6)),
                    ('competition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations', to='competitions.competition')),
                    ('organization', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='people.organization')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('competition', 'name'), name='delegation_name_once')],
                },
            ),
            migrations.CreateModel(
                name='Host',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('role', models.CharField(choices=[('host', '主办'), ('organizer', '承办'), ('supporter', '协办')], max_length=12)),
                    ('position', models.PositiveSmallIntegerField(default=0)),
                    ('competition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hosts', to='competitions.competition')),
                    ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.organization')),
                ],
            ),
            migrations.CreateModel(
                name='PublicNotice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('object_ref', models.CharField(max_length=60)),
                    ('skills', models.JSONField(default=list)),
                    ('opened_at', models.DateTimeField()),
                    ('working_days', models.PositiveSmallIntegerField()),
                    ('ends_on', models.DateField()),
                    ('reason', models.CharField(blank=True, max_length=300)),
                    ('closed_at', models.DateTimeField(blank=True, null=True)),
                    ('competition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='public_notices', to='competitions.competition')),
                    ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('void_reason', models.CharField(blank=True, max_length=300)),
                ],
            ),
            migrations.CreateModel(
                name='Skill',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.CharField(max_length=16, unique=True)),
                    ('number', models.CharField(max_length=10, verbose_name='编号')),
                    ('name', models.CharField(max_length=100, verbose_name='赛项名称')),
                    ('name_en', models.CharField(blank=True, max_length=100, verbose_name='英文名称')),
                    ('occupation_code', models.CharField(blank=True, max_length=20, verbose_name='职业编码')),
                    ('occupation_name', models.CharField(blank=True, max_length=60, verbose_name='职业')),
                    ('occupation_version', models.CharField(default='2022', max_length=10)),
                    ('group', models.CharField(choices=[('worker', '职工组'), ('student', '学生组'), ('teacher', '教师组'), ('open', '不分组'), ('unknown', '组别未知')], default='worker', max_length=10, verbose_name='组别')),
                    ('team_size', models.PositiveSmallIntegerField(default=1, verbose_name='每队人数')),
                    ('track', models.CharField(choices=[('none', '不区分'), ('selection', '世赛选拔'), ('national-choice', '国赛精选')], default='none', max_length=20, verbose_name='赛项类别')),
                    ('is_technical', models.BooleanField(default=False, verbose_name='专业技术类')),
                    ('paper_grade', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='命题等级')),
                    ('days', models.PositiveSmallIntegerField(default=1, verbose_name='天数')),
                    ('draw_levels', models.PositiveSmallIntegerField(default=0, verbose_name='抽签加密次数')),
                    ('board_naming', models.CharField(choices=[('codes', '工位号'), ('aliases', '代号'), ('progress', '只显示进度'), ('names', '姓名')], default='codes', max_length=10, verbose_name='解密前看板称呼')),
                    ('decoded_at', models.DateTimeField(blank=True, null=True)),
                    ('competition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='skills', to='competitions.competition')),
                    ('is_demonstration', models.BooleanField(default=False, verbose_name='表演项目，不计团体')),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'ordering': ['number', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('competition', 'number'), name='skill_number_once'), models.CheckConstraint(condition=models.Q(('team_size__gte', 1)), name='skill_team_size_positive')],
                },
            ),
            migrations.CreateModel(
                name='Entry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(max_length=40)),
                    ('bib', models.CharField(blank=True, max_length=10, verbose_name='参赛号')),
                    ('code', models.CharField(blank=True, max_length=10, verbose_name='工位号')),
                    ('alias', models.CharField(blank=True, max_length=10, verbose_name='代号')),
                    ('state', models.CharField(choices=[('draft', '草稿'), ('submitted', '已提交'), ('first-review', '初审'), ('second-review', '复审'), ('accepted', '通过'), ('returned', '退回'), ('rejected', '不通过'), ('competing', '参赛'), ('absent', '缺赛'), ('finished', '完赛'), ('cancelled', '取消')], default='draft', max_length=20)),
                    ('state_reason', models.CharField(blank=True, max_length=300)),
                    ('is_guest', models.BooleanField(default=False, verbose_name='不计名次')),
                    ('findings', models.JSONField(blank=True, default=list)),
                    ('delegation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='competitions.delegation')),
                    ('skill', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='competitions.skill')),
                ],
                options={
                    'ordering': ['key', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('skill', 'key'), name='entry_key_once'), models.UniqueConstraint(condition=models.Q(('code', ''), _negated=True), fields=('skill', 'code'), name='entry_code_once')],
                },
            ),
            migrations.CreateModel(
                name='EntryCoach',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('position', models.PositiveSmallIntegerField(default=1)),
                    ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='coaches', to='competitions.entry')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='coached_entries', to='people.person')),
                ],
            ),
            migrations.CreateModel(
                name='EntryMember',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('position', models.PositiveSmallIntegerField(default=1)),
                    ('employment_kind', models.CharField(blank=True, max_length=20)),
                    ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='competitions.entry')),
                    ('organization', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='people.organization')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entry_members', to='people.person')),
                ],
                options={
                    'ordering': ['position'],
                    'constraints': [models.UniqueConstraint(fields=('entry', 'person'), name='entry_member_once')],
                },
            ),
            migrations.CreateModel(
                name='Draw',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('level', models.PositiveSmallIntegerField()),
                    ('drawn_at', models.DateTimeField()),
                    ('commitment', models.CharField(max_length=64)),
                    ('salt', models.CharField(max_length=64)),
                    ('mapping', people.fields.EncryptedTextField()),
                    ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('skill', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='draws', to='competitions.skill')),
                    ('asked_at', models.DateTimeField(blank=True, null=True)),
                    ('copies', models.PositiveSmallIntegerField(default=0)),
                    ('opened_at', models.DateTimeField(blank=True, null=True)),
                    ('printed_at', models.DateTimeField(blank=True, null=True)),
                    ('witness', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('skill', 'level'), name='draw_level_once')],
                },
            ),
            migrations.CreateModel(
                name='Appointment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('role', models.CharField(choices=[('chief-judge', '裁判长'), ('judge', '裁判员'), ('reserve', '替补裁判'), ('trainee', '见习裁判'), ('floor-judge', '现场裁判'), ('draw-officer', '加密裁判'), ('supervisor', '监督仲裁'), ('results-officer', '成绩管理'), ('display-operator', '大屏操作'), ('leader', '领队'), ('coach', '教练')], max_length=20)),
                    ('appointed_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('appointed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='people.person')),
                    ('competition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='competitions.competition')),
                    ('delegation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='leaders', to='competitions.delegation')),
                    ('skill', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='competitions.skill')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('skill__isnull', False), ('withdrawn_at__isnull', True)), fields=('skill', 'person', 'role'), name='appointment_once_per_skill'), models.UniqueConstraint(condition=models.Q(('skill__isnull', True), ('withdrawn_at__isnull', True)), fields=('competition', 'person', 'role'), name='appointment_once_per_competition')],
                },
            ),
            migrations.CreateModel(
                name='EntryExpert',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('position', models.PositiveSmallIntegerField(default=1)),
                    ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='experts', to='competitions.entry')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='expert_entries', to='people.person')),
                ],
                options={
                    'ordering': ['position'],
                    'constraints': [models.UniqueConstraint(fields=('entry', 'person'), name='entry_expert_once')],
                },
            ),
            migrations.CreateModel(
                name='DeclaredTie',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reason', models.CharField(max_length=300)),
                    ('declared_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('competition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='declared_ties', to='competitions.competition')),
                    ('declared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('entry', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='declared_ties', to='competitions.entry')),
                    ('organization', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='declared_ties', to='people.person')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('entry__isnull', False), ('organization__isnull', False), _connector='OR'), name='declared_tie_names_something')],
                },
            ),
            migrations.CreateModel(
                name='Appeal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('object_ref', models.CharField(max_length=60)),
                    ('level', models.PositiveSmallIntegerField(default=1)),
                    ('state', models.CharField(choices=[('lodged', '待裁定'), ('ruled', '已裁定，待答复'), ('carried', '再申诉，待裁定'), ('closed', '已终结'), ('withdrawn', '已撤回')], default='lodged', max_length=10, verbose_name='状态')),
                    ('text', people.fields.EncryptedTextField()),
                    ('file', people.fields.EncryptedTextField(blank=True)),
                    ('file_name', models.CharField(blank=True, max_length=120)),
                    ('lodged_at', models.DateTimeField()),
                    ('carried', people.fields.EncryptedTextField(blank=True)),
                    ('carried_at', models.DateTimeField(blank=True, null=True)),
                    ('closed_at', models.DateTimeField(blank=True, null=True)),
                    ('remedy_ref', models.CharField(blank=True, max_length=60)),
                    ('remedy_note', models.CharField(blank=True, max_length=300)),
                    ('remedied_at', models.DateTimeField(blank=True, null=True)),
                    ('competition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appeals', to='competitions.competition')),
                    ('delegation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appeals', to='competitions.delegation')),
                    ('lodged_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('remedied_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('skill', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appeals', to='competitions.skill')),
                ],
                options={
                    'ordering': ['pk'],
                },
            ),
            migrations.CreateModel(
                name='Objection',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('source', models.CharField(choices=[('letter', '来信'), ('phone', '电话'), ('visit', '来访'), ('leader', '领队提交')], max_length=10, verbose_name='来源')),
                    ('name', people.fields.EncryptedTextField(blank=True)),
                    ('contact', people.fields.EncryptedTextField(blank=True)),
                    ('text', people.fields.EncryptedTextField()),
                    ('received_on', models.DateField()),
                    ('entered_at', models.DateTimeField()),
                    ('is_upheld', models.BooleanField(null=True)),
                    ('answer', people.fields.EncryptedTextField(blank=True)),
                    ('answered_at', models.DateTimeField(blank=True, null=True)),
                    ('remedy_ref', models.CharField(blank=True, max_length=60)),
                    ('remedy_note', models.CharField(blank=True, max_length=300)),
                    ('remedied_at', models.DateTimeField(blank=True, null=True)),
                    ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('delegation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='competitions.delegation')),
                    ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('notice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='competitions.publicnotice')),
                    ('remedied_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('skill', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='competitions.skill')),
                ],
                options={
                    'ordering': ['pk'],
                },
            ),
            migrations.CreateModel(
                name='Ruling',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('level', models.PositiveSmallIntegerField()),
                    ('is_granted', models.BooleanField()),
                    ('clause', models.CharField(max_length=120, verbose_name='依据条款')),
                    ('reason', people.fields.EncryptedTextField()),
                    ('ruled_at', models.DateTimeField()),
                    ('appeal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rulings', to='competitions.appeal')),
                    ('ruled_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['level'],
                    'constraints': [models.UniqueConstraint(fields=('appeal', 'level'), name='ruling_once_per_level')],
                },
            ),
        ]),
    ]
