"""All tables of people as the first four migrations leave them, for a new database."""

import django.contrib.auth.models
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import people.fields
from people.operations import CreateModels


class Migration(migrations.Migration):

    replaces = [
        ('people', '0001_initial'),
        ('people', '0002_pins'),
        ('people', '0003_person_facts'),
        ('people', '0004_search_key'),
    ]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Change',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('object_ref', models.CharField(db_index=True, max_length=60)),
                    ('field', models.CharField(max_length=60)),
                    ('before', people.fields.EncryptedTextField(blank=True)),
                    ('after', people.fields.EncryptedTextField(blank=True)),
                    ('salt', models.CharField(max_length=64)),
                    ('digest', models.CharField(max_length=64)),
                    ('by', models.CharField(max_length=60)),
                    ('at', models.DateTimeField()),
                    ('retain_until', models.DateField(blank=True, null=True)),
                ],
            ),
            migrations.CreateModel(
                name='Organization',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=120, verbose_name='单位名称')),
                    ('short_name', models.CharField(blank=True, max_length=60, verbose_name='简称')),
                    ('kinds', models.JSONField(default=list, verbose_name='单位性质')),
                    ('region', models.CharField(blank=True, max_length=6, verbose_name='行政区划')),
                    ('credit_code', models.CharField(blank=True, max_length=18, verbose_name='统一社会信用代码')),
                    ('sort_key', models.CharField(blank=True, max_length=200)),
                    ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='people.organization')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('name', 'region'), name='organization_name_once_per_region')],
                },
            ),
            migrations.CreateModel(
                name='Person',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=80, verbose_name='姓名')),
                    ('latin_name', models.CharField(blank=True, max_length=120, verbose_name='拼音或外文名')),
                    ('sort_key', models.CharField(blank=True, max_length=240)),
                    ('identity_kind', models.CharField(blank=True, choices=[('resident-id', '居民身份证'), ('hmt-residence', '港澳台居民居住证'), ('hm-permit', '港澳居民来往内地通行证'), ('tw-permit', '台湾居民来往大陆通行证'), ('foreign-residence', '外国人永久居留身份证'), ('passport', '护照'), ('officer', '军官证')], max_length=30, verbose_name='证件类型')),
                    ('identity_number', people.fields.EncryptedTextField(blank=True, verbose_name='证件号码')),
                    ('identity_hash', models.CharField(blank=True, max_length=64, null=True, unique=True)),
                    ('social_card_number', people.fields.EncryptedTextField(blank=True, verbose_name='社会保障卡号')),
                    ('phone', people.fields.EncryptedTextField(blank=True, verbose_name='联系电话')),
                    ('birth_on', models.DateField(blank=True, null=True, verbose_name='出生日期')),
                    ('sex', models.CharField(choices=[('0', '未知'), ('1', '男'), ('2', '女'), ('9', '未说明')], default='0', max_length=1, verbose_name='性别')),
                    ('ethnicity', models.CharField(blank=True, max_length=20, verbose_name='民族')),
                    ('education', models.CharField(blank=True, max_length=30, verbose_name='学历')),
                    ('home_region', models.CharField(blank=True, max_length=6, verbose_name='所属地区')),
                    ('employment_kind', models.CharField(blank=True, choices=[('worker', '职工'), ('student', '学生'), ('teacher', '教师'), ('apprentice', '学徒'), ('retired', '退休')], max_length=20, verbose_name='身份')),
                    ('population_tags', models.JSONField(blank=True, default=list)),
                    ('provisional_key', models.CharField(blank=True, max_length=120, null=True, unique=True)),
                    ('registered_at', models.DateTimeField()),
                    ('organization', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people', to='people.organization')),
                    ('survivor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='duplicates', to='people.person')),
                    ('social_card_hash', models.CharField(blank=True, max_length=64, null=True, unique=True)),
                    ('search_key', models.CharField(blank=True, max_length=480)),
                ],
                options={
                    'indexes': [models.Index(fields=['sort_key'], name='person_sort_key')],
                },
            ),
            migrations.CreateModel(
                name='User',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('password', models.CharField(max_length=128, verbose_name='password')),
                    ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                    ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                    ('username', models.CharField(max_length=60, unique=True, verbose_name='账号')),
                    ('name', models.CharField(max_length=80, verbose_name='姓名')),
                    ('pin', models.CharField(blank=True, max_length=128)),
                    ('is_active', models.BooleanField(default=True)),
                    ('is_staff', models.BooleanField(default=False)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                    ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                    ('person', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='user', to='people.person')),
                    ('pin_set_at', models.DateTimeField(blank=True, null=True)),
                    ('pin_is_temporary', models.BooleanField(default=False)),
                ],
                options={
                    'abstract': False,
                },
                managers=[
                    ('objects', django.contrib.auth.models.UserManager()),
                ],
            ),
            migrations.CreateModel(
                name='Membership',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('role', models.CharField(choices=[('organizer', '赛务'), ('hr-officer', '待遇经办'), ('hr-approver', '待遇审批'), ('leader', '领队'), ('system-administrator', '系统管理员'), ('security-administrator', '安全管理员'), ('audit-administrator', '审计管理员')], max_length=30)),
                    ('starts_on', models.DateField()),
                    ('ends_on', models.DateField(blank=True, null=True)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                    ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='people.organization')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('user', 'organization', 'role'), name='membership_once_while_open')],
                },
            ),
            migrations.CreateModel(
                name='IntegrityRecord',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('scope', models.CharField(max_length=60)),
                    ('reason', models.CharField(max_length=300)),
                    ('starts_on', models.DateField()),
                    ('ends_on', models.DateField(blank=True, null=True)),
                    ('recorded_by', models.CharField(max_length=60)),
                    ('recorded_at', models.DateTimeField()),
                    ('organization', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='integrity_records', to='people.organization')),
                    ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='integrity_records', to='people.person')),
                    ('document', models.CharField(blank=True, max_length=200, verbose_name='处理文件')),
                    ('end_reason', models.CharField(blank=True, max_length=300)),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('ended_by', models.CharField(blank=True, max_length=60)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('organization__isnull', True), ('person__isnull', False)), models.Q(('organization__isnull', False), ('person__isnull', True)), _connector='OR'), name='integrity_record_has_one_subject')],
                },
            ),
            migrations.CreateModel(
                name='HolderFact',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('evidence', models.CharField(blank=True, max_length=200, verbose_name='证据')),
                    ('recorded_by', models.CharField(max_length=60)),
                    ('recorded_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('kind', models.CharField(choices=[('state-allowance', '国务院特殊津贴专家'), ('national-studio', '国家级技能大师工作室领办人'), ('provincial-studio', '省级技能大师工作室领办人')], max_length=40)),
                    ('since', models.DateField(blank=True, null=True)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='people.person')),
                    ('evidence_on', models.DateField(blank=True, null=True, verbose_name='证据日期')),
                    ('holds', models.BooleanField(default=True)),
                    ('replaced_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaces', to='people.holderfact')),
                    ('withdrawn_by', models.CharField(blank=True, max_length=60)),
                    ('withdrawn_reason', models.CharField(blank=True, max_length=300)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='GradeHeld',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('evidence', models.CharField(blank=True, max_length=200, verbose_name='证据')),
                    ('recorded_by', models.CharField(max_length=60)),
                    ('recorded_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('occupation_code', models.CharField(max_length=20, verbose_name='职业编码')),
                    ('occupation_name', models.CharField(blank=True, max_length=60, verbose_name='职业')),
                    ('grade', models.PositiveSmallIntegerField(verbose_name='等级')),
                    ('certificate_number', models.CharField(blank=True, max_length=30, verbose_name='证书编号')),
                    ('issued_on', models.DateField(blank=True, null=True, verbose_name='发证日期')),
                    ('issuer_kind', models.CharField(blank=True, choices=[('Y', '用人单位'), ('S', '社会培训评价组织')], max_length=1)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='people.person')),
                    ('dictionary', models.CharField(default='2022', max_length=10, verbose_name='大典版本')),
                    ('evidence_on', models.DateField(blank=True, null=True, verbose_name='证据日期')),
                    ('issuer', models.CharField(blank=True, max_length=120, verbose_name='发证机构')),
                    ('replaced_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaces', to='people.gradeheld')),
                    ('withdrawn_by', models.CharField(blank=True, max_length=60)),
                    ('withdrawn_reason', models.CharField(blank=True, max_length=300)),
                    ('work_type', models.CharField(blank=True, max_length=60, verbose_name='工种')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='GradeConfirmation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('evidence', models.CharField(blank=True, max_length=200, verbose_name='证据')),
                    ('recorded_by', models.CharField(max_length=60)),
                    ('recorded_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('occupation_code', models.CharField(max_length=20)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='people.person')),
                    ('evidence_on', models.DateField(blank=True, null=True, verbose_name='证据日期')),
                    ('replaced_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaces', to='people.gradeconfirmation')),
                    ('withdrawn_by', models.CharField(blank=True, max_length=60)),
                    ('withdrawn_reason', models.CharField(blank=True, max_length=300)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Consent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('purpose', models.CharField(max_length=60)),
                    ('notice_version', models.CharField(max_length=20)),
                    ('given_at', models.DateTimeField()),
                    ('channel', models.CharField(max_length=40)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='people.person')),
                ],
            ),
            migrations.CreateModel(
                name='TitleHeld',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('evidence', models.CharField(blank=True, max_length=200, verbose_name='证据')),
                    ('recorded_by', models.CharField(max_length=60)),
                    ('recorded_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('title', models.CharField(max_length=60, verbose_name='称号')),
                    ('issuer', models.CharField(blank=True, max_length=120, verbose_name='授予单位')),
                    ('awarded_on', models.DateField(blank=True, null=True)),
                    ('route', models.CharField(blank=True, choices=[('competition', '竞赛'), ('evaluation', '评选')], max_length=20)),
                    ('origin_region', models.CharField(blank=True, max_length=6)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='people.person')),
                    ('evidence_on', models.DateField(blank=True, null=True, verbose_name='证据日期')),
                    ('replaced_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaces', to='people.titleheld')),
                    ('withdrawn_by', models.CharField(blank=True, max_length=60)),
                    ('withdrawn_reason', models.CharField(blank=True, max_length=300)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='PinFailure',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('device', models.CharField(blank=True, max_length=80)),
                    ('scope', models.CharField(blank=True, max_length=60)),
                    ('failed_at', models.DateTimeField()),
                    ('cleared_at', models.DateTimeField(blank=True, null=True)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pin_failures', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['user', 'device', 'failed_at'], name='pin_failure_at'), models.Index(fields=['scope', 'failed_at'], name='pin_failure_scope')],
                },
            ),
            migrations.CreateModel(
                name='PinRelease',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('device', models.CharField(blank=True, max_length=80)),
                    ('reason', models.CharField(max_length=300)),
                    ('asked_at', models.DateTimeField()),
                    ('agreed_at', models.DateTimeField(blank=True, null=True)),
                    ('agreed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pin_releases', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='FieldEvidence',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('evidence', models.CharField(blank=True, max_length=200, verbose_name='证据')),
                    ('evidence_on', models.DateField(blank=True, null=True, verbose_name='证据日期')),
                    ('recorded_by', models.CharField(max_length=60)),
                    ('recorded_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('withdrawn_by', models.CharField(blank=True, max_length=60)),
                    ('withdrawn_reason', models.CharField(blank=True, max_length=300)),
                    ('field', models.CharField(choices=[('employment_kind', '身份'), ('education', '学历'), ('birth_on', '出生日期'), ('sex', '性别'), ('social_card_number', '社会保障卡号')], max_length=30)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='people.person')),
                    ('replaced_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaces', to='people.fieldevidence')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='ProfessionalTitle',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('evidence', models.CharField(blank=True, max_length=200, verbose_name='证据')),
                    ('evidence_on', models.DateField(blank=True, null=True, verbose_name='证据日期')),
                    ('recorded_by', models.CharField(max_length=60)),
                    ('recorded_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('withdrawn_by', models.CharField(blank=True, max_length=60)),
                    ('withdrawn_reason', models.CharField(blank=True, max_length=300)),
                    ('name', models.CharField(max_length=60, verbose_name='职称')),
                    ('level', models.CharField(choices=[('elementary', '员级'), ('assistant', '助理级'), ('intermediate', '中级'), ('associate', '副高级'), ('full', '正高级')], max_length=20, verbose_name='职称层级')),
                    ('issuer', models.CharField(blank=True, max_length=120, verbose_name='评审单位')),
                    ('acquired_on', models.DateField(blank=True, null=True, verbose_name='取得日期')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='people.person')),
                    ('replaced_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaces', to='people.professionaltitle')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='TitleConfirmation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('evidence', models.CharField(blank=True, max_length=200, verbose_name='证据')),
                    ('evidence_on', models.DateField(blank=True, null=True, verbose_name='证据日期')),
                    ('recorded_by', models.CharField(max_length=60)),
                    ('recorded_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('withdrawn_by', models.CharField(blank=True, max_length=60)),
                    ('withdrawn_reason', models.CharField(blank=True, max_length=300)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='people.person')),
                    ('replaced_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaces', to='people.titleconfirmation')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='GradeAlias',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('issuer', models.CharField(max_length=120, verbose_name='发证机构')),
                    ('name', models.CharField(max_length=60, verbose_name='本单位的叫法')),
                    ('grade', models.PositiveSmallIntegerField(verbose_name='等级')),
                    ('citation', models.CharField(max_length=200, verbose_name='依据文件')),
                    ('recorded_by', models.CharField(max_length=60)),
                    ('recorded_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('bureau', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('bureau', 'issuer', 'name'), name='grade_alias_once_while_in_force')],
                },
            ),
            migrations.CreateModel(
                name='GradeEquivalence',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('grade', models.PositiveSmallIntegerField(verbose_name='等级')),
                    ('ladder', models.CharField(choices=[('professional-title', '职称'), ('education', '学历')], max_length=20)),
                    ('counts_as', models.CharField(max_length=60, verbose_name='相当于')),
                    ('citation', models.CharField(max_length=200, verbose_name='依据文件')),
                    ('recorded_by', models.CharField(max_length=60)),
                    ('recorded_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('bureau', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('bureau', 'grade', 'ladder'), name='grade_equivalence_once_while_in_force')],
                },
            ),
        ]),
    ]
