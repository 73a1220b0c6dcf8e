using Xunit;

namespace Kml.Generators.Tests.Fixes;

/// <summary>
/// What each fix makes of what: a part of the good model (<see cref="Harness.ModelSource.Good"/>), what stands there instead, and what that becomes.
/// What it becomes has nothing against it.
/// </summary>
internal static class FixRows
{
    private const string Feature = "x[0] = q.Waiting;";
    private const string Field = "public uint Waiting;";
    private const string Class = "public partial class IssueTime";
    private const string On = "private static void On(in BioQueue e, ref Queue q)";
    private const string OnWhole = "[Update]\n    " + On + "\n    {\n        q.Waiting++;";
    private const string Signature = "\n    private static void Extract(in BioQueue e, in Queue q, Span<float> x)";
    private const string Extract = Signature + "\n    {\n        ";
    private const string Layers = "[Dense(16, Activation.Relu)]\n[Dense(1)]\n";
    private const string Ends = "static uint Ends(uint n)\n        {\n            while (n > 0) { }\n            return n;\n        }";

    /// <summary>The rows: the fix, the part, what stands there, and what that becomes.</summary>
    public static TheoryData<string, string, string, string> All { get; } = new()
    {
        { "MakePartialFix", Class, "public class IssueTime", Class },
        { "PlainClassFix", Class, "public static partial class IssueTime", Class },
        { "PlainClassFix", Class, "static partial class IssueTime", "partial class IssueTime" },
        {
            "AddObserveFix",
            "[Observe(typeof(BioQueue))]\n[Observe(typeof(BlockIssue))]\n" + Layers,
            "[Observe(typeof(BioQueue))]\n" + Layers,
            "[Observe(typeof(BioQueue))]\n[Observe(typeof(BlockIssue))]\n" + Layers
        },
        {
            "AddLayerFix",
            Layers + "[Ring(Records = 1024)]\npublic",
            "[Ring(Records = 1024)] // large\npublic",
            "[Ring(Records = 1024)] // large\n[Dense(1)]\npublic"
        },
        { "NumberFix", "[Dense(1)]", "[Dense(3)]", "[Dense(1)]" },
        { "NumberFix", "Records = 1024", "Records = 1000", "Records = 1024" },
        { "NumberFix", "Records = 1024", "Records = 3", "Records = 64" },
        { "NumberFix", "Records = 1024", "Records = 1_000_000", "Records = 65536" },
        { "ModelNameFix", "\"issue_time\"", "\"IssueTime\"", "\"issue_time\"" },
        { "ModelNameFix", "\"issue_time\"", "\"kml-issue.time of 2 Disks\"", "\"issue_time_of_2_disks\"" },
        { "ModelNameFix", "\"issue_time\"", "\"the_time_until_a_bio_is_issued\"", "\"the_time_until_a_bio_is\"" },
        { "MakeStaticFix", "[Update]\n    " + On, "[Update]\n    private void On(in BioQueue e, ref Queue q)", "[Update]\n    " + On },
        {
            "MakeStaticFix",
            "[Update]\n    " + On,
            "[Update]\n    void On(in BioQueue e, ref Queue q)",
            "[Update]\n    static void On(in BioQueue e, ref Queue q)"
        },
        { "PassingFix", On, "private static void On(BioQueue e, /* all */ Queue q)", "private static void On(in BioQueue e, /* all */ ref Queue q)" },
        { "PassingFix", On, "private static void On(ref readonly BioQueue e, out Queue q)", On },
        { "PassingFix", "Late(in BioQueue e, float us)", "Late(BioQueue e, in float us)", "Late(in BioQueue e, float us)" },
        { "PassingFix", "(in BioQueue a, in BlockIssue b)", "(BioQueue a,\n        BlockIssue b)", "(in BioQueue a,\n        in BlockIssue b)" },
        { "PropertyToFieldFix", Field, "public uint Waiting { get; set; }", Field },
        { "PropertyToFieldFix", Field, "readonly uint Waiting\n        {\n            get;\n            init;\n        }", Field },
        { "MakePublicFix", Field, "uint Waiting;", Field },
        { "MakePublicFix", Field, "private uint Waiting, /* and */ Done;", "public uint Waiting, /* and */ Done;" },
        { "FloatLiteralFix", Feature, Before("bool far = e.Sectors * 1f > 1.5;"), Before("bool far = e.Sectors * 1f > 1.5f;") },
        {
            "Q16Fix",
            "q.Waiting++;",
            "Q16 a = (Q16)q.Waiting; a = (Q16)((float)a * 0.875f /* old */ + 3f / 4 - 0.5); q.Waiting = (uint)(int)a;",
            "Q16 a = (Q16)q.Waiting; a = (a * (Q16)0.875f /* old */ + (Q16)3f / (Q16)4 - (Q16)0.5); q.Waiting = (uint)(int)a;"
        },
        {
            "Q16Fix",
            "q.Waiting++;",
            "Q16 a = (Q16)q.Waiting; a += (Q16)(0.125f * -(float)(a - Q16.One)); q.Waiting = (uint)(int)a;",
            "Q16 a = (Q16)q.Waiting; a += ((Q16)0.125f * -(a - Q16.One)); q.Waiting = (uint)(int)a;"
        },
        { "FunctionFix", Feature, Before("x[1] = MathF.Exp(/* all */ q.Waiting);"), Before("x[1] = KmlMath.Exp(/* all */ q.Waiting);") },
        { "FunctionFix", Feature, Before("x[1] = float.Log2(q.Waiting);"), Before("x[1] = KmlMath.Log2(q.Waiting);") },
        { "FunctionFix", Feature, Before("x[1] = (float)Math.Sqrt(q.Waiting);"), Before("x[1] = MathF.Sqrt(q.Waiting);") },
        {
            "FunctionFix",
            Feature,
            Before("var a = Math.Floor(q.Waiting / 3f); a += 1; x[1] = (float)a;"),
            Before("var a = MathF.Floor(q.Waiting / 3f); a += 1; x[1] = (float)a;")
        },
        { "FunctionFix", Feature, Before("x[1] = (float)byte.PopCount((byte)q.Waiting);"), Before("x[1] = (float)(byte)uint.PopCount((byte)q.Waiting);") },
        { "FloatTypeFix", Feature, Before("double a = q.Waiting; a += 2; x[1] = (float)a;"), Before("float a = q.Waiting; a += 2; x[1] = (float)a;") },
        {
            "FloatTypeFix",
            Feature,
            Before("double a = (double)q.Waiting / (q.Waiting + 1); x[1] = (float)a;"),
            Before("float a = (float)q.Waiting / (q.Waiting + 1); x[1] = (float)a;")
        },
        { "FloatTypeFix", Feature, Before("var a = (double)q.Waiting / 3; x[1] = (float)a;"), Before("var a = (float)q.Waiting / 3; x[1] = (float)a;") },
        { "FloatTypeFix", Feature, Before("x[1] = (float)((double)q.Waiting / 3);"), Before("x[1] = (float)((float)q.Waiting / 3);") },
        { "FloatTypeFix", Feature, Before("x[1] = (float)(double)q.Waiting;"), Before("x[1] = (float)(float)q.Waiting;") },
        { "FloatTypeFix", Feature, Before("x[1] = (double)q.Waiting > 2 ? 1 : 0;"), Before("x[1] = (float)q.Waiting > 2 ? 1 : 0;") },
        {
            "StackAllocFix",
            Feature,
            Before("uint[] a = new uint[2]; a[1] = e.Sectors; x[1] = a[1] + a.Length;"),
            Before("Span<uint> a = stackalloc uint[2]; a[1] = e.Sectors; x[1] = a[1] + a.Length;")
        },
        {
            "StackAllocFix",
            Feature,
            Before("int[] a = [1, /* two */ 2]; int sum = 0; foreach (int n in a) sum += n; x[1] = sum;"),
            Before("Span<int> a = stackalloc int[] { 1, /* two */ 2 }; int sum = 0; foreach (int n in a) sum += n; x[1] = sum;")
        },
        {
            "StackAllocFix",
            Feature,
            Before("IoOperation[] a = { IoOperation.Read }; x[1] = a[0] == e.Operation ? 1 : 0;"),
            Before("Span<IoOperation> a = stackalloc IoOperation[] { IoOperation.Read }; x[1] = a[0] == e.Operation ? 1 : 0;")
        },
        { "StackAllocFix", Feature, Before("var a = new[] { 1u, 2u }; x[1] = a[^1];"), Before("Span<uint> a = stackalloc uint[] { 1u, 2u }; x[1] = a[^1];") },
        {
            "StackAllocFix",
            Feature,
            Before("Span<int> a = new int[3]; a.Clear(); x[1] = a[1];"),
            Before("Span<int> a = stackalloc int[3]; a.Clear(); x[1] = a[1];")
        },
        {
            "StackAllocFix",
            Feature,
            Before("ReadOnlySpan<int> a = [\n            1,\n            2,\n        ];\n        x[1] = a[0];"),
            Before("ReadOnlySpan<int> a = stackalloc int[] {\n            1,\n            2,\n        };\n        x[1] = a[0];")
        },
        { "UnlockFix", "q.Waiting++;", "lock (typeof(Queue)) { q.Waiting++; }", "{ q.Waiting++; }" },
        { "UnlockFix", "q.Waiting++;", "lock (typeof(Queue))\n            q.Waiting++;", "q.Waiting++;" },
        {
            "FeatureCountFix",
            "[Features(2)]" + Extract + Feature,
            "[Features(2)]" + Extract + Before("x[2] = 1;"),
            "[Features(3)]" + Extract + Before("x[2] = 1;")
        },
        {
            "ClearFeaturesFix",
            "[Features(2)]" + Extract + Feature,
            "[Features(2)]" + Extract + "// Only then.\n        if (q.Waiting > 0)\n            " + Feature,
            "[Features(2)]" + Extract + "x.Clear();\n        // Only then.\n        if (q.Waiting > 0)\n            " + Feature
        },
        {
            "AddBoundFix",
            OnWhole,
            OnWhole + "\n        while (q.Waiting > 0) { }",
            "[Update]\n    [Bound(64)]" + OnWhole["[Update]".Length..] + "\n        while (q.Waiting > 0) { }"
        },
        {
            "AddBoundFix",
            Feature,
            Before("x[1] = Ends(q.Waiting);\n\n        " + Ends),
            Before("x[1] = Ends(q.Waiting);\n\n        [Bound(64)]\n        " + Ends)
        },
    };

    /// <summary>What a fix does not touch, since it could not be sure to compile: the fix, the part, what stands there.</summary>
    public static TheoryData<string, string, string> NotOffered { get; } = new()
    {
        { "StackAllocFix", Feature, Before("int[] a = new int[2]; Array.Sort(a); x[1] = a[0];") },
        { "StackAllocFix", Feature, Before("int[] a = new int[2]; x[1] = a[q.Waiting];") },
        { "StackAllocFix", Feature, Before("int[] a = new int[2]; x[1] = F(); int F() => a[0];") },
        { "StackAllocFix", Feature, Before("int[] a = new int[q.Waiting]; x[1] = a[0];") },
        { "FloatTypeFix", Feature, Before("double a = q.Waiting; a = Math.Sqrt(a); x[1] = (float)a;") },
        { "FloatTypeFix", Feature, Before("double a = q.Waiting; F(ref a); x[1] = (float)a; static void F(ref double b) => b = 1;") },
        { "FloatTypeFix", Feature, Before("var a = (double)q.Waiting / 3; a = Math.PI; x[1] = (float)a;") },
        { "FloatTypeFix", "q.Waiting++;", "double a = q.Waiting; q.Waiting = (uint)a;" },
        { "FunctionFix", Feature, Before("var a = Math.Sqrt(q.Waiting); a = Math.PI; x[1] = (float)a;") },
        { "FunctionFix", Feature, Before("x[1] = sbyte.PopCount((sbyte)q.Waiting);") },
        { "FunctionFix", Feature, Before("x[1] = MathF.Log(q.Waiting, 2);") },
        { "FunctionFix", "q.Waiting++;", "q.Waiting = (uint)Math.Sqrt(q.Waiting);" },
        { "MakeStaticFix", OnWhole, "[Update]\n    private void On(in BioQueue e, ref Queue q)\n    {\n        q.Waiting = (uint)GetHashCode();" },
        {
            "PassingFix",
            Extract + Feature,
            "\n    private static void Extract(in BioQueue e, Queue q, Span<float> x)\n    {\n        q.Waiting++;\n        " + Feature
        },
        { "PropertyToFieldFix", Field, "public uint Waiting { get; set; } = 3;" },
        { "PropertyToFieldFix", Field, "public uint Waiting { get; /* soon */ set; }" },
        { "MakePublicFix", Field, "private float Waiting;" },
        { "MakePublicFix", Field, "public uint Waiting; Hidden _hidden; private enum Hidden { A, B }" },
        { "AddBoundFix", OnWhole, "[Bound(100000)] " + OnWhole + "\n        while (q.Waiting > 0) { }" },
        { "PlainClassFix", Class + "\n{", "public static partial class IssueTime\n{\n    public static uint Twice(this uint n) => 2 * n;\n" },
        { "ModelNameFix", "\"issue_time\"", "\"...\"" },
        { "Q16Fix", "q.Waiting++;", "q.Waiting = (uint)(int)(Q16)(q.Waiting * 0.5f);" },
        { "Q16Fix", "q.Waiting++;", "Q16 a = Q16.One; a = (Q16)(1f / (float)a); q.Waiting = (uint)(int)a;" },
        { "Q16Fix", "q.Waiting++;", "Q16 a = Q16.One; a = (Q16)((float)a * 100000f); q.Waiting = (uint)(int)a;" },
        { "Q16Fix", "q.Waiting++;", "q.Waiting = (uint)(1.5f * q.Waiting);" },
        { "FeatureCountFix", Feature, Before("x[256] = 1;") },
        {
            "ClearFeaturesFix",
            Extract + Feature + "\n        x[1] = Math.Abs((long)(e.Sector - q.LastSector)) / (float)e.DiskSectors;\n    }",
            Signature + " => x[0] = 1;"
        },
    };

    private static string Before(string statements) => statements + "\n        " + Feature;
}
