using System.Linq;
using Kml.KmodGen.Bodies;
using Kml.Model;
using Kml.TestSupport;
using Xunit;
using static Kml.KmodGen.Tests.Bodies.EdgeBodies;

namespace Kml.KmodGen.Tests.Bodies;

/// <content>What the library has as source, of the C# through the generator to C.</content>
public partial class EdgeTests
{
    private const string Library = """
        using Kml;
        using System;
        using System.Runtime.CompilerServices;

        [KernelModel("library")]
        [Observe(typeof(BioQueue))]
        [Observe(typeof(BlockIssue))]
        [Dense(1)]
        public partial class Uses
        {
            [InlineArray(4)] public struct Four { private uint _first; }
            [State] public struct Queue { public Four Values; public uint Next; }

            [Update] private static void On(in BioQueue e, ref Queue q)
            {
                Window.Push(q.Values, ref q.Next, e.Sectors);
                Histogram.Add(q.Values, Window.Last<uint>(q.Values, q.Next, 1));
                if (Histogram.Percentile(q.Values, 50) > 2)
                    Histogram.Halve(q.Values);
            }

            [Features(1)] private static void Extract(in BioQueue e, in Queue q, Span<float> x) => x[0] = Histogram.Count(q.Values);
            [Label] private static float WaitUs(in BioQueue a, in BlockIssue b) => (b.TimeNs - a.TimeNs) / 1000f;
        }
        """;

    [Fact]
    public void Windows_and_histograms()
    {
        EquatableArray<Method> functions = SourceModels.Parse(Library).Single().Functions;
        VariablePlace q = new("q");
        PlaceArgument values = new(new MemberPlace(q, "Strides"));
        MemberPlace next = new(q, "Waiting");
        Evaluate push = new(new Call(
            ScalarType.Bool, "Push", EquatableArray.Of<Argument>(values, new PlaceArgument(next), new ValueArgument(State("Waiting")))));
        Evaluate add = new(new Call(ScalarType.Bool, "Add", EquatableArray.Of<Argument>(values, new ValueArgument(State("HeadSector")))));
        Evaluate halve = new(new Call(ScalarType.Bool, "Halve", EquatableArray.Of<Argument>(values)));
        Assign Last(Expression age) =>
            Kept(new Call(ScalarType.U32, "Last", EquatableArray.Of<Argument>(values, new ValueArgument(State("Waiting")), new ValueArgument(age))));
        Assign Percentile(Expression percent) =>
            Kept(new Call(ScalarType.I32, "Percentile", EquatableArray.Of<Argument>(values, new ValueArgument(percent))));
        Assign within = new(next, new Binary(ScalarType.U32, BinaryOperator.And, State("Waiting"), new Constant(ScalarType.U32, 7)));
        Expression level = new Conversion(ScalarType.I32, State("Level"));

        Statement[][] bodies =
        [
            [push], [within, push], [within, push, push, push], [add], [add, add, halve], [halve, Percentile(level)],
            [Kept(new Call(ScalarType.U64, "Count", EquatableArray.Of<Argument>(values)))],
            .. from age in RandomBodies.Sides(ScalarType.I32).Append<Expression>(new Constant(ScalarType.I32, 3)).Append(State("Balance"))
               select new Statement[] { within, Last(age) },
            .. from percent in RandomBodies.Sides(ScalarType.I32).Append<Expression>(level).Append(new Constant(ScalarType.I32, 50))
               select new Statement[] { add, Percentile(percent) },
        ];
        Agree(bodies.Select(b => Case(BodyRole.Update, ScalarType.I32, [], b)).Select(c => c with { Model = c.Model with { Functions = functions } }));
    }
}
