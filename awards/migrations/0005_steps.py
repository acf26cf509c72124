"""The way of an entitlement; a step is never changed, only marked as taken back."""

import django.db.models.deletion
import people.fields
from django.conf import settings
from django.db import migrations, models

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
]


def forward(apps, schema_editor):
    statements = SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRES
    for statement in statements:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("awards", "0004_units"),
        ("ledger", "0002_append_only"),
        ("people", "0003_person_facts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='entitlement',
            name='basis_changed',
            field=models.BooleanField(default=False),
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
        migrations.AddField(
            model_name='entitlement',
            name='filing',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entitlements', to='awards.filing'),
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
        migrations.AddField(
            model_name='entitlement',
            name='round',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entitlements', to='awards.publicityround'),
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
            migrations.RunPython(forward, migrations.RunPython.noop),
    ]
