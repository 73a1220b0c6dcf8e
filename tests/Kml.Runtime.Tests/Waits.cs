using System;
using System.Runtime.InteropServices;
using Kml.Model;

namespace Kml.Runtime.Tests;

/// <summary>
/// A small model, bound by hand as the generator binds one: features are the queue's depth and the sectors, the label is the wait in microseconds.
/// </summary>
internal sealed class Waits : IKernelModel
{
    public static string Name => "waits";

    public static string CanonicalText { get; } = ModelText.Write(Spec());

    public static string Fingerprint { get; } = ModelText.Fingerprint(Spec());

    public static RecordLayout Layout { get; } = RecordLayout.Of(Spec());

    public static bool TryFeatures(ReadOnlySpan<byte> from, ReadOnlySpan<byte> state, Span<uint> features)
    {
        features[0] = MemoryMarshal.Read<uint>(state);
        features[1] = MemoryMarshal.Read<BioQueue>(from).Sectors;
        return true;
    }

    public static bool TryLabel(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, out uint label)
    {
        label = (uint)((MemoryMarshal.Read<BlockIssue>(to).TimeNs - MemoryMarshal.Read<BioQueue>(from).TimeNs) / 1000);
        return true;
    }

    public static bool TryVerdict(ReadOnlySpan<byte> from, uint value, ReadOnlySpan<uint> confidences, out bool verdict)
    {
        verdict = (int)value > 1000;
        return true;
    }

    public static bool TryPolicy(ReadOnlySpan<byte> from, uint prediction, ReadOnlySpan<uint> confidences, out bool wouldAct)
    {
        wouldAct = (int)prediction > 2000;
        return true;
    }

    public static bool TryUpdate(string eventName, ReadOnlySpan<byte> eventBytes, Span<byte> state) => true;

    internal static ModelSpec Spec()
    {
        Parameter queued = new("e", ParameterKind.Event, EventKind.BioQueue);
        Parameter issued = new("b", ParameterKind.Event, EventKind.BlockIssue);
        Parameter state = new("s", ParameterKind.State);
        Parameter value = new("v", ParameterKind.Scalar, Type: ScalarType.I32);
        Method features = Body(
            "Extract",
            [queued, state, new Parameter("x", ParameterKind.Features, Type: ScalarType.I32)],
            Assign.Feature("x", 0, 2, new Conversion(ScalarType.I32, Read.Field(ScalarType.U32, "s", "Waiting"))),
            Assign.Feature("x", 1, 2, new Conversion(ScalarType.I32, Read.Field(ScalarType.U32, "e", "Sectors"))));
        Method label = Body(
            "WaitUs",
            [queued, issued],
            new Return(new Conversion(
                ScalarType.I32,
                new Binary(
                    ScalarType.U64,
                    BinaryOperator.Divide,
                    new Binary(ScalarType.U64, BinaryOperator.Subtract, Time("b"), Time("e")),
                    new Constant(ScalarType.U64, 1000)))));
        return new ModelSpec(
            "waits",
            new[] { EventKind.BioQueue, EventKind.BlockIssue }.ToEquatableArray(),
            new StateSpec(
                StateScope.PerDevice,
                new[] { new FieldSpec("Waiting", ScalarType.U32), new FieldSpec("Head", ScalarType.U64) }.ToEquatableArray()),
            System.Array.Empty<Method>().ToEquatableArray(),
            new FeaturesSpec(2, ScalarType.I32, features),
            new[] { new LayerSpec(1, LayerActivation.Identity) }.ToEquatableArray(),
            new LabelSpec(ScalarType.I32, 0, EventKind.BioQueue, EventKind.BlockIssue, label),
            Body("Late", [queued, value], new Return(Above(1000))),
            Body(
                "Act",
                [queued, value],
                new If(Above(2000), Block(new PullLever("e", Lever.RaisePriority, Array(new Constant(ScalarType.U32, 1)))), Block())),
            new RingSpec(64, RingWhenFull.Drop));
    }

    private static Binary Above(ulong bound) =>
        new(ScalarType.Bool, BinaryOperator.Greater, Read.Variable(ScalarType.I32, "v"), new Constant(ScalarType.I32, bound));

    private static Read Time(string parameter) => Read.Field(ScalarType.U64, parameter, "TimeNs");

    private static Method Body(string name, Parameter[] parameters, params Statement[] statements) =>
        new(name, parameters.ToEquatableArray(), Block(statements));

    private static Block Block(params Statement[] statements) => new(statements.ToEquatableArray());

    private static EquatableArray<Expression> Array(params Expression[] expressions) => expressions.ToEquatableArray();
}
