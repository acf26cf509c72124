"""All tables of awards as its first thirteen migrations leave them, and their triggers."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import people.fields
from people.operations import CreateModels

FIXED = (
    'entitlement_id, before, after, reason, document, "on", source, batch, filing_id, '
    "round_id, restore, by_id, at"
)
SQLITE = [
    f"""
    CREATE TRIGGER awards_step_no_update BEFORE UPDATE OF {FIXED} ON awards_entitlementstep
    BEGIN SELECT RAISE(ABORT, 'a step is never changed'); END
    """,
    """
    CREATE TRIGGER awards_step_no_delete BEFORE DELETE ON awards_entitlementstep
    BEGIN SELECT RAISE(ABORT, 'a step is never deleted'); END
    """,
    """
    CREATE TRIGGER awards_report_no_update BEFORE UPDATE ON awards_periodicreport
    BEGIN SELECT RAISE(ABORT, 'a report is never changed'); END
    """,
    """
    CREATE TRIGGER awards_report_no_delete BEFORE DELETE ON awards_periodicreport
    BEGIN SELECT RAISE(ABORT, 'a report is never deleted'); END
    """,
]
POSTGRES = [
    f"""
    CREATE TRIGGER awards_step_no_update BEFORE UPDATE OF {FIXED} ON awards_entitlementstep
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse('a step is never changed')
    """,
    """
    CREATE TRIGGER awards_step_no_delete BEFORE DELETE ON awards_entitlementstep
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse('a step is never deleted')
    """,
    """
    CREATE TRIGGER awards_report_no_update BEFORE UPDATE ON awards_periodicreport
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse('a report is never changed')
    """,
    """
    CREATE TRIGGER awards_report_no_delete BEFORE DELETE ON awards_periodicreport
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse('a report is never deleted')
    """,
]


def forward(apps, schema_editor):
    statements = SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRES
    for statement in statements:
        schema_editor.execute(statement)


class Migration(migrations.Migration):

    replaces = [
        ('awards', '0001_initial'),
        ('awards', '0002_document_versions'),
        ('awards', '0003_indicator_figures'),
        ('awards', '0004_units'),
        ('awards', '0005_steps'),
        ('awards', '0006_saved_views'),
        ('awards', '0007_exports'),
        ('awards', '0008_answers'),
        ('awards', '0009_certificates'),
        ('awards', '0010_talent'),
        ('awards', '0011_result_codes'),
        ('awards', '0012_reports'),
        ('awards', '0013_lifetime'),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('competitions', '0004_appeals'),
        ('jobs', '0001_initial'),
        ('ledger', '0002_append_only'),
        ('people', '0004_search_key'),
        ('scoring', '0012_import_keys'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Decision',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('entry_id', models.PositiveBigIntegerField()),
                    ('region', models.CharField(blank=True, max_length=6)),
                    ('rulebook', models.CharField(max_length=80)),
                    ('rulebook_digest', models.CharField(max_length=64)),
                    ('rule', models.CharField(max_length=60)),
                    ('clause', models.CharField(blank=True, max_length=60)),
                    ('quote', models.CharField(blank=True, max_length=300)),
                    ('kind', models.CharField(choices=[('grade', '技能等级晋升'), ('title', '称号'), ('title-application', '职称申报'), ('priority-application', '优先申报'), ('bonus', '奖金'), ('pool', '入库'), ('squad', '集训队'), ('labour-medal', '五一劳动奖章'), ('honour', '其他荣誉'), ('prize', '奖项'), ('certificate', '专业技术等级证书'), ('coach', '教练奖励'), ('unit', '单位奖励')], max_length=24)),
                    ('value', models.CharField(blank=True, max_length=80)),
                    ('detail', models.JSONField(default=dict)),
                    ('state', models.CharField(choices=[('entitled', '符合'), ('open', '待补'), ('refused', '不符合'), ('preview', '草案')], max_length=10)),
                    ('missing', models.JSONField(default=list)),
                    ('conditions', models.JSONField(default=list)),
                    ('reasons', models.JSONField(default=list)),
                    ('facts_digest', models.CharField(max_length=64)),
                    ('evaluated_at', models.DateTimeField()),
                    ('is_current', models.BooleanField(default=True)),
                    ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='people.person')),
                    ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='scoring.release')),
                    ('skill', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='competitions.skill')),
                    ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='people.organization')),
                ],
                options={
                    'indexes': [models.Index(fields=['release', 'is_current', 'person'], name='decision_current'), models.Index(fields=['state', 'kind', 'value', 'region', 'release', 'skill', 'person', 'unit', 'is_current'], name='decision_desk')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('person__isnull', False), ('unit__isnull', True)), models.Q(('person__isnull', True), ('unit__isnull', False)), _connector='OR'), name='decision_one_subject')],
                },
            ),
            migrations.CreateModel(
                name='EditionDocument',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('identifier', models.CharField(max_length=80, unique=True)),
                    ('text', models.TextField()),
                    ('digest', models.CharField(max_length=64)),
                    ('written_by', models.CharField(max_length=60)),
                    ('written_at', models.DateTimeField()),
                    ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                    ('competition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='edition_documents', to='competitions.competition')),
                    ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='ExportBatch',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(max_length=24, unique=True)),
                    ('kind', models.CharField(max_length=40)),
                    ('region', models.CharField(blank=True, max_length=6)),
                    ('query', models.JSONField(default=dict)),
                    ('purpose', models.CharField(max_length=200, verbose_name='用途')),
                    ('is_masked', models.BooleanField(default=True)),
                    ('rows', models.PositiveIntegerField(default=0)),
                    ('digest', models.CharField(blank=True, max_length=64)),
                    ('rows_digest', models.CharField(blank=True, max_length=64)),
                    ('file_name', models.CharField(blank=True, max_length=160)),
                    ('bureau', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='export_batches', to='people.organization')),
                    ('release', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='exports', to='scoring.release')),
                    ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('asked_at', models.DateTimeField()),
                    ('options', models.JSONField(default=dict)),
                    ('document', models.CharField(blank=True, max_length=120, verbose_name='依据文号')),
                    ('is_personal', models.BooleanField(default=True)),
                    ('form', models.CharField(choices=[('xlsx', 'Excel 工作簿'), ('csv', 'CSV 文本')], default='xlsx', max_length=6)),
                    ('state', models.CharField(choices=[('waiting', '待审批'), ('declined', '未同意'), ('making', '生成中'), ('ready', '可取走'), ('failed', '未生成'), ('cleared', '已清除')], default='making', max_length=10)),
                    ('expected', models.PositiveIntegerField(default=0)),
                    ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('decided_at', models.DateTimeField(blank=True, null=True)),
                    ('decision_reason', models.CharField(blank=True, max_length=200)),
                    ('job', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='jobs.job')),
                    ('error', models.CharField(blank=True, max_length=300)),
                    ('lines', models.PositiveIntegerField(default=0)),
                    ('size', models.PositiveBigIntegerField(default=0)),
                    ('file', models.CharField(blank=True, max_length=64)),
                    ('made_at', models.DateTimeField(blank=True, null=True)),
                    ('cleared_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'indexes': [models.Index(fields=['bureau', '-asked_at'], name='export_of_bureau')],
                },
            ),
            migrations.CreateModel(
                name='FactFilling',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('entry_id', models.PositiveBigIntegerField(blank=True, null=True)),
                    ('fact', models.CharField(max_length=40)),
                    ('value', models.JSONField()),
                    ('evidence', models.CharField(max_length=200, verbose_name='证据')),
                    ('filled_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('filled_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='fact_fillings', to='people.person')),
                    ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fact_fillings', to='scoring.release')),
                    ('skill', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='competitions.skill')),
                    ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='fact_fillings', to='people.organization')),
                ],
                options={
                    'indexes': [models.Index(fields=['release', 'skill'], name='fact_filling_place')],
                },
            ),
            migrations.CreateModel(
                name='GapFilling',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('rulebook', models.CharField(max_length=80)),
                    ('gap', models.CharField(max_length=60)),
                    ('value', models.JSONField()),
                    ('document', models.CharField(max_length=200, verbose_name='依据文件')),
                    ('filled_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.organization')),
                    ('filled_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='DocumentVersion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('identifier', models.CharField(max_length=80)),
                    ('number', models.PositiveIntegerField()),
                    ('region', models.CharField(max_length=6)),
                    ('title', models.CharField(blank=True, max_length=200)),
                    ('text', models.TextField()),
                    ('cases', models.TextField(blank=True)),
                    ('digest', models.CharField(max_length=64)),
                    ('cases_digest', models.CharField(max_length=64)),
                    ('base_digest', models.CharField(blank=True, max_length=64)),
                    ('written_at', models.DateTimeField()),
                    ('bureau', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='document_versions', to='people.organization')),
                    ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('bureau', 'identifier', 'number'), name='version_number_once')],
                },
            ),
            migrations.CreateModel(
                name='DocumentStep',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('step', models.CharField(choices=[('proposed', '待发布'), ('returned', '已退回'), ('published', '已发布')], max_length=10)),
                    ('reason', models.CharField(blank=True, max_length=300, verbose_name='理由')),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='awards.documentversion')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('version', 'step'), name='version_step_once')],
                },
            ),
            migrations.CreateModel(
                name='IndicatorFigure',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=60, verbose_name='统计项目')),
                    ('year', models.PositiveSmallIntegerField(verbose_name='年份')),
                    ('value', models.PositiveBigIntegerField(verbose_name='数字')),
                    ('document', models.CharField(max_length=200, verbose_name='依据文件')),
                    ('entered_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('bureau', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='indicator_figures', to='people.organization')),
                    ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('bureau', 'name', 'year'), name='indicator_figure_once')],
                },
            ),
            migrations.CreateModel(
                name='Filing',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(max_length=24, unique=True)),
                    ('authority', models.CharField(max_length=120, verbose_name='主管部门')),
                    ('document', models.CharField(blank=True, max_length=200, verbose_name='上报文号')),
                    ('filed_on', models.DateField()),
                    ('made_at', models.DateTimeField()),
                    ('voided_at', models.DateTimeField(blank=True, null=True)),
                    ('bureau', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='filings', to='people.organization')),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('papers', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='filings', to='awards.exportbatch')),
                ],
            ),
            migrations.CreateModel(
                name='MaterialRule',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('grade', '技能等级晋升'), ('title', '称号'), ('title-application', '职称申报'), ('priority-application', '优先申报'), ('bonus', '奖金'), ('pool', '入库'), ('squad', '集训队'), ('labour-medal', '五一劳动奖章'), ('honour', '其他荣誉'), ('prize', '奖项'), ('certificate', '专业技术等级证书'), ('coach', '教练奖励'), ('unit', '单位奖励')], max_length=24)),
                    ('code', models.CharField(blank=True, max_length=40)),
                    ('title', models.CharField(blank=True, max_length=80, verbose_name='材料')),
                    ('is_required', models.BooleanField(default=True)),
                    ('document', models.CharField(max_length=200, verbose_name='依据文件')),
                    ('written_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('bureau', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='material_rules', to='people.organization')),
                    ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='PublicityRound',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(max_length=24, unique=True)),
                    ('place', models.CharField(max_length=200, verbose_name='公示地点')),
                    ('document', models.CharField(max_length=200, verbose_name='公示期依据')),
                    ('starts_on', models.DateField()),
                    ('days', models.PositiveSmallIntegerField()),
                    ('ends_on', models.DateField()),
                    ('unknown_years', models.JSONField(default=list)),
                    ('opened_at', models.DateTimeField()),
                    ('closed_at', models.DateTimeField(blank=True, null=True)),
                    ('voided_at', models.DateTimeField(blank=True, null=True)),
                    ('void_reason', models.CharField(blank=True, max_length=300)),
                    ('bureau', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='publicity_rounds', to='people.organization')),
                    ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('voided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='Entitlement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('grade', '技能等级晋升'), ('title', '称号'), ('title-application', '职称申报'), ('priority-application', '优先申报'), ('bonus', '奖金'), ('pool', '入库'), ('squad', '集训队'), ('labour-medal', '五一劳动奖章'), ('honour', '其他荣誉'), ('prize', '奖项'), ('certificate', '专业技术等级证书'), ('coach', '教练奖励'), ('unit', '单位奖励')], max_length=24)),
                    ('value', models.CharField(max_length=80)),
                    ('region', models.CharField(blank=True, max_length=6)),
                    ('authority', models.CharField(blank=True, max_length=120)),
                    ('state', models.CharField(choices=[('proposed', '拟定'), ('material-complete', '材料齐'), ('publicity', '公示中'), ('filed', '已上报'), ('granted', '已核准'), ('refused', '不予核准'), ('delivered', '已发放'), ('revoked', '已撤销'), ('superseded', '已被替代')], default='proposed', max_length=20)),
                    ('state_reason', models.CharField(blank=True, max_length=300)),
                    ('due_on', models.DateField(blank=True, null=True)),
                    ('changed_at', models.DateTimeField()),
                    ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entitlements', to='awards.decision')),
                    ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entitlements', to='people.person')),
                    ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entitlements', to='scoring.release')),
                    ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entitlements', to='people.organization')),
                    ('basis_changed', models.BooleanField(default=False)),
                    ('filing', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entitlements', to='awards.filing')),
                    ('round', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entitlements', to='awards.publicityround')),
                ],
                options={
                    'indexes': [models.Index(fields=['region', 'kind', 'state'], name='entitlement_desk'), models.Index(fields=['decision', 'state', 'due_on', 'basis_changed'], name='entitlement_line'), models.Index(condition=models.Q(('basis_changed', True)), fields=['decision'], name='entitlement_changed')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('person__isnull', False), ('unit__isnull', True)), models.Q(('person__isnull', True), ('unit__isnull', False)), _connector='OR'), name='entitlement_one_subject')],
                },
            ),
            migrations.CreateModel(
                name='GivenFact',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('given_at', models.DateTimeField()),
                    ('taken_back_at', models.DateTimeField(blank=True, null=True)),
                    ('entitlement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='given_facts', to='awards.entitlement')),
                    ('grade', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.gradeheld')),
                    ('professional_title', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.professionaltitle')),
                    ('title', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.titleheld')),
                ],
            ),
            migrations.CreateModel(
                name='EntitlementStep',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('before', models.CharField(choices=[('proposed', '拟定'), ('material-complete', '材料齐'), ('publicity', '公示中'), ('filed', '已上报'), ('granted', '已核准'), ('refused', '不予核准'), ('delivered', '已发放'), ('revoked', '已撤销'), ('superseded', '已被替代')], max_length=20)),
                    ('after', models.CharField(choices=[('proposed', '拟定'), ('material-complete', '材料齐'), ('publicity', '公示中'), ('filed', '已上报'), ('granted', '已核准'), ('refused', '不予核准'), ('delivered', '已发放'), ('revoked', '已撤销'), ('superseded', '已被替代')], max_length=20)),
                    ('reason', models.CharField(blank=True, max_length=300, verbose_name='理由')),
                    ('document', models.CharField(blank=True, max_length=200, verbose_name='文件')),
                    ('on', models.DateField(blank=True, null=True, verbose_name='日期')),
                    ('source', models.CharField(blank=True, choices=[('screen', '在页面登记'), ('workbook', '由答复表导入')], max_length=10)),
                    ('batch', models.CharField(blank=True, db_index=True, max_length=32)),
                    ('restore', models.JSONField(default=dict)),
                    ('at', models.DateTimeField()),
                    ('undone_at', models.DateTimeField(blank=True, null=True)),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('entitlement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='awards.entitlement')),
                    ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('filing', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='awards.filing')),
                    ('round', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='awards.publicityround')),
                ],
                options={
                    'ordering': ['pk'],
                },
            ),
            migrations.CreateModel(
                name='RoundObjection',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', people.fields.EncryptedTextField(blank=True)),
                    ('text', people.fields.EncryptedTextField()),
                    ('received_on', models.DateField()),
                    ('entered_at', models.DateTimeField()),
                    ('is_upheld', models.BooleanField(null=True)),
                    ('ruling', people.fields.EncryptedTextField(blank=True)),
                    ('ruled_at', models.DateTimeField(blank=True, null=True)),
                    ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('entitlement', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='awards.entitlement')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='awards.publicityround')),
                    ('ruled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='BasisChange',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('is_correction', models.BooleanField(default=False)),
                    ('found_at', models.DateTimeField()),
                    ('choice', models.CharField(blank=True, choices=[('kept', '保留'), ('withdrawn', '已撤回'), ('restored', '依据又恢复')], max_length=12)),
                    ('reason', models.CharField(blank=True, max_length=300, verbose_name='理由')),
                    ('settled_at', models.DateTimeField(blank=True, null=True)),
                    ('after', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='awards.decision')),
                    ('before', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='awards.decision')),
                    ('entitlement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='basis_changes', to='awards.entitlement')),
                    ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='scoring.release')),
                    ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('settled_at__isnull', True)), fields=('entitlement',), name='basis_change_once_open')],
                },
            ),
            migrations.CreateModel(
                name='MaterialTick',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('item', models.CharField(max_length=40)),
                    ('state', models.CharField(choices=[('present', '已齐'), ('waived', '免交')], max_length=10)),
                    ('evidence', models.CharField(blank=True, max_length=200, verbose_name='凭据')),
                    ('batch', models.CharField(blank=True, max_length=32)),
                    ('at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('entitlement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='material_ticks', to='awards.entitlement')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('entitlement', 'item'), name='material_tick_once')],
                },
            ),
            migrations.CreateModel(
                name='Withdrawal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('revoked', '撤销'), ('superseded', '替代')], max_length=12)),
                    ('reason', models.CharField(max_length=300, verbose_name='理由')),
                    ('state', models.CharField(choices=[('asked', '待复核'), ('agreed', '已同意'), ('declined', '未同意')], default='asked', max_length=10)),
                    ('asked_at', models.DateTimeField()),
                    ('answered_at', models.DateTimeField(blank=True, null=True)),
                    ('answer_reason', models.CharField(blank=True, max_length=300)),
                    ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('bureau', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
                    ('entitlement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawals', to='awards.entitlement')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('entitlement',), name='entitlement_withdrawal_once_open')],
                },
            ),
            migrations.CreateModel(
                name='DistinctPair',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reason', models.CharField(max_length=200, verbose_name='依据')),
                    ('stated_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('bureau', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
                    ('first', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('second', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('stated_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='distinct_pair_in_order'), models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('bureau', 'first', 'second'), name='distinct_pair_once')],
                },
            ),
            migrations.CreateModel(
                name='PersonLook',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('place', models.CharField(choices=[('person', '人员页'), ('explanation', '认定说明'), ('lifetime', '终身档案'), ('talent', '人才库')], max_length=12)),
                    ('day', models.DateField()),
                    ('first_at', models.DateTimeField()),
                    ('bureau', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='looks', to='people.person')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('person', 'bureau', 'user', 'place', 'day'), name='person_look_once_a_day')],
                },
            ),
            migrations.CreateModel(
                name='SavedView',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=40, verbose_name='名称')),
                    ('query', models.CharField(blank=True, max_length=600)),
                    ('is_default', models.BooleanField(default=False)),
                    ('saved_at', models.DateTimeField()),
                    ('bureau', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='saved_views', to='people.organization')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_views', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('bureau', 'user', 'name'), name='saved_view_name_once'), models.UniqueConstraint(condition=models.Q(('is_default', True)), fields=('bureau', 'user'), name='saved_view_one_default')],
                },
            ),
            migrations.CreateModel(
                name='ExportRow',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('sheet', models.CharField(max_length=31)),
                    ('position', models.PositiveIntegerField()),
                    ('row_check', models.CharField(max_length=16)),
                    ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answerable_rows', to='awards.exportbatch')),
                    ('entitlement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exported_rows', to='awards.entitlement')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('batch', 'entitlement'), name='export_row_once')],
                },
            ),
            migrations.CreateModel(
                name='ExportLink',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('digest', models.CharField(max_length=64, unique=True)),
                    ('issued_at', models.DateTimeField()),
                    ('expires_at', models.DateTimeField()),
                    ('used_at', models.DateTimeField(blank=True, null=True)),
                    ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='awards.exportbatch')),
                    ('issued_to', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='ExportTaking',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='takings', to='awards.exportbatch')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['batch', '-at'], name='export_taking_of')],
                },
            ),
            migrations.CreateModel(
                name='AnswerFile',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('file_name', models.CharField(max_length=160, verbose_name='文件')),
                    ('digest', models.CharField(max_length=64)),
                    ('lines', models.PositiveIntegerField()),
                    ('granted', models.PositiveIntegerField()),
                    ('refused', models.PositiveIntegerField()),
                    ('unchanged', models.PositiveIntegerField()),
                    ('unanswered', models.PositiveIntegerField()),
                    ('rows', models.JSONField(default=list)),
                    ('taken_at', models.DateTimeField()),
                    ('bureau', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answer_files', to='people.organization')),
                    ('export', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answer_files', to='awards.exportbatch')),
                    ('taken_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='Comparison',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('social-insurance', '社保参保名单'), ('grade-list', '技能等级名单')], max_length=20)),
                    ('whom', models.CharField(choices=[('open', '正在办理待遇的人'), ('waiting', '等着补事实的人'), ('all', '本单位待遇名单里的所有人')], max_length=10)),
                    ('source', models.CharField(max_length=200, verbose_name='名单来源')),
                    ('source_on', models.DateField(verbose_name='名单日期')),
                    ('file_name', models.CharField(max_length=160, verbose_name='文件')),
                    ('digest', models.CharField(max_length=64)),
                    ('lines', models.PositiveIntegerField()),
                    ('counts', models.JSONField(default=dict)),
                    ('rows', people.fields.EncryptedTextField()),
                    ('made_at', models.DateTimeField()),
                    ('bureau', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comparisons', to='people.organization')),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='ComparisonTake',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('lines', models.JSONField(default=list)),
                    ('facts', models.PositiveIntegerField()),
                    ('people', models.PositiveIntegerField()),
                    ('taken_at', models.DateTimeField()),
                    ('comparison', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='takes', to='awards.comparison')),
                    ('taken_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='CertificateDesign',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveIntegerField()),
                    ('base', models.CharField(max_length=40)),
                    ('content', models.JSONField()),
                    ('digest', models.CharField(max_length=64)),
                    ('chosen_at', models.DateTimeField()),
                    ('chosen_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('competition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificate_designs', to='competitions.competition')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('competition', 'number'), name='certificate_design_once')],
                },
            ),
            migrations.CreateModel(
                name='Certificate',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('token', models.CharField(max_length=40, unique=True)),
                    ('number', models.CharField(max_length=100, unique=True)),
                    ('entry_id', models.PositiveBigIntegerField()),
                    ('content', models.JSONField()),
                    ('digest', models.CharField(max_length=64)),
                    ('state', models.CharField(choices=[('valid', '有效'), ('revoked', '已撤销'), ('superseded', '已被替代')], default='valid', max_length=12)),
                    ('state_reason', models.CharField(blank=True, max_length=300)),
                    ('issued_at', models.DateTimeField()),
                    ('issued_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='people.person')),
                    ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='scoring.release')),
                    ('skill', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='competitions.skill')),
                    ('superseded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='supersedes', to='awards.certificate')),
                    ('issue', models.CharField(choices=[('first', '首次颁发'), ('lost', '补发'), ('corrected', '换发')], default='first', max_length=12)),
                    ('state_changed_at', models.DateTimeField(blank=True, null=True)),
                    ('design', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='awards.certificatedesign')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'valid')), fields=('release', 'entry_id', 'person'), name='certificate_valid_once')],
                },
            ),
            migrations.CreateModel(
                name='CertificateFile',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('digest', models.CharField(db_index=True, max_length=64)),
                    ('signed_with', models.CharField(blank=True, max_length=200)),
                    ('made_by', models.CharField(max_length=60)),
                    ('made_at', models.DateTimeField()),
                    ('certificate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='awards.certificate')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('certificate', 'digest'), name='certificate_file_once')],
                },
            ),
            migrations.CreateModel(
                name='CertificateWithdrawal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reason', models.CharField(max_length=300, verbose_name='撤销的原因和依据')),
                    ('asked_at', models.DateTimeField()),
                    ('state', models.CharField(choices=[('asked', '待复核'), ('agreed', '已撤销'), ('declined', '未同意')], default='asked', max_length=10)),
                    ('decided_at', models.DateTimeField(blank=True, null=True)),
                    ('decision_reason', models.CharField(blank=True, max_length=300)),
                    ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('certificate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawals', to='awards.certificate')),
                    ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('certificate',), name='certificate_withdrawal_once')],
                },
            ),
            migrations.CreateModel(
                name='Pool',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('skilled', '高技能人才库'), ('leading', '领军人才库'), ('teacher', '师资库'), ('other', '其他人才库')], max_length=12, verbose_name='类别')),
                    ('name', models.CharField(max_length=60, verbose_name='名称')),
                    ('catalogue', models.CharField(blank=True, max_length=40)),
                    ('document', models.CharField(max_length=200, verbose_name='依据文件')),
                    ('clause', models.CharField(blank=True, max_length=60, verbose_name='条款')),
                    ('quote', models.CharField(blank=True, max_length=300, verbose_name='原文')),
                    ('takes', models.JSONField(blank=True, default=list)),
                    ('waits_for_grant', models.BooleanField(default=True)),
                    ('opened_at', models.DateTimeField()),
                    ('closed_at', models.DateTimeField(blank=True, null=True)),
                    ('close_reason', models.CharField(blank=True, max_length=300)),
                    ('bureau', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pools', to='people.organization')),
                    ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('bureau', 'name'), name='pool_once_while_open')],
                },
            ),
            migrations.CreateModel(
                name='PoolCriterion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('asked', models.JSONField(default=dict)),
                    ('document', models.CharField(max_length=200, verbose_name='依据文件')),
                    ('clause', models.CharField(blank=True, max_length=60, verbose_name='条款')),
                    ('written_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('pool', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='criteria', to='awards.pool')),
                    ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='PoolDecline',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reason', models.CharField(max_length=300, verbose_name='理由')),
                    ('at', models.DateTimeField()),
                    ('batch', models.CharField(db_index=True, max_length=36)),
                    ('undone_at', models.DateTimeField(blank=True, null=True)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pool_declines', to='people.person')),
                    ('pool', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='declines', to='awards.pool')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('undone_at__isnull', True)), fields=('pool', 'person'), name='pool_decline_once')],
                },
            ),
            migrations.CreateModel(
                name='PoolEntry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('basis', models.CharField(choices=[('entitlement', '待遇'), ('criterion', '入库条件'), ('hand', '凭文件入库')], max_length=12)),
                    ('document', models.CharField(max_length=200, verbose_name='入库文件')),
                    ('evidence', models.CharField(blank=True, max_length=300, verbose_name='事由和证据')),
                    ('entered_on', models.DateField(verbose_name='入库日期')),
                    ('entered_at', models.DateTimeField()),
                    ('batch', models.CharField(db_index=True, max_length=36)),
                    ('left_on', models.DateField(blank=True, null=True, verbose_name='退出日期')),
                    ('left_reason', models.CharField(blank=True, max_length=300, verbose_name='退出理由')),
                    ('left_document', models.CharField(blank=True, max_length=200, verbose_name='退出依据')),
                    ('left_at', models.DateTimeField(blank=True, null=True)),
                    ('undone_at', models.DateTimeField(blank=True, null=True)),
                    ('criterion', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='awards.poolcriterion')),
                    ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('entitlement', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pool_entries', to='awards.entitlement')),
                    ('left_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pool_entries', to='people.person')),
                    ('pool', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='awards.pool')),
                    ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['pool', 'left_at', 'person'], name='pool_entry_list')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('left_at__isnull', True), ('undone_at__isnull', True)), fields=('pool', 'person'), name='pool_entry_once_while_in')],
                },
            ),
            migrations.CreateModel(
                name='PoolReview',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('year', models.PositiveSmallIntegerField(verbose_name='复核年度')),
                    ('outcome', models.CharField(choices=[('keep', '保留'), ('leave', '退出'), ('defer', '暂缓')], max_length=8)),
                    ('note', models.CharField(blank=True, max_length=300, verbose_name='复核意见')),
                    ('ended_entry', models.BooleanField(default=False)),
                    ('at', models.DateTimeField()),
                    ('batch', models.CharField(db_index=True, max_length=36)),
                    ('undone_at', models.DateTimeField(blank=True, null=True)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='awards.poolentry')),
                    ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['entry', 'year'], name='pool_review_year')],
                },
            ),
            migrations.CreateModel(
                name='ResultCode',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('slip', models.CharField(max_length=8, unique=True, verbose_name='查询条编号')),
                    ('code_hash', models.CharField(max_length=64)),
                    ('issued_at', models.DateTimeField()),
                    ('expires_at', models.DateTimeField(verbose_name='有效期至')),
                    ('opened_at', models.DateTimeField(blank=True, null=True)),
                    ('revoked_at', models.DateTimeField(blank=True, null=True)),
                    ('revoke_reason', models.CharField(blank=True, max_length=300)),
                    ('competition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='result_codes', to='competitions.competition')),
                    ('issued_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='result_codes', to='people.person')),
                    ('revoked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('revoked_at__isnull', True)), fields=('competition', 'person'), name='result_code_once')],
                },
            ),
            migrations.CreateModel(
                name='ResultCodeFailure',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('address', models.CharField(blank=True, max_length=64)),
                    ('failed_at', models.DateTimeField()),
                    ('code', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='failures', to='awards.resultcode')),
                ],
                options={
                    'indexes': [models.Index(fields=['code', 'failed_at'], name='result_code_failure_at'), models.Index(fields=['address', 'failed_at'], name='result_code_failure_from')],
                },
            ),
            migrations.CreateModel(
                name='PeriodicReport',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('period', models.CharField(choices=[('month', '月报'), ('quarter', '季报'), ('half-year', '半年报'), ('year', '年报')], max_length=10)),
                    ('starts_on', models.DateField()),
                    ('ends_on', models.DateField()),
                    ('figures', models.JSONField()),
                    ('digest', models.CharField(max_length=64)),
                    ('made_at', models.DateTimeField()),
                    ('bureau', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='periodic_reports', to='people.organization')),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('bureau', 'starts_on', 'ends_on'), name='periodic_report_once')],
                },
            ),
            migrations.CreateModel(
                name='StaffCertificate',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(max_length=32, unique=True)),
                    ('as_of', models.DateField()),
                    ('people', models.PositiveIntegerField()),
                    ('digest', models.CharField(max_length=64)),
                    ('made_at', models.DateTimeField()),
                    ('bureau', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='staff_certificates', to='people.organization')),
                    ('employer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='LifetimeCopy',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('form', models.CharField(max_length=4)),
                    ('is_full', models.BooleanField(default=False)),
                    ('purpose', models.CharField(blank=True, max_length=200, verbose_name='用途')),
                    ('digest', models.CharField(max_length=64)),
                    ('taken_at', models.DateTimeField()),
                    ('bureau', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lifetime_copies', to='people.person')),
                    ('taken_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
        ]),
        migrations.RunPython(forward, migrations.RunPython.noop, elidable=False),
    ]
