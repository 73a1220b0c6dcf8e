using System.Linq;
using System.Threading.Tasks;
using Kml.Generators.Tests.Harness;
using Kml.Model;
using Xunit;

namespace Kml.Generators.Tests.Diagnostics;

/// <summary>Each diagnostic about the events that a model observes and acts on.</summary>
public class EventTests
{
    [Fact]
    public Task KML0010_a_type_that_is_no_event() => AnalyzerRun.ShouldReport(
        SourceRules.NoEvent,
        ModelSource.With(("[Observe(typeof(BlockIssue))]", "[Observe(typeof(BlockIssue))]\n[Observe(typeof([|string|]))]")),
        "string",
        string.Join(", ", EventCatalog.All.Select(e => e.Kind)));

    [Fact]
    public Task KML0011_an_event_that_is_not_observed() => AnalyzerRun.ShouldReport(
        SourceRules.NotObserved,
        ModelSource.With((
            "[Update]\n    private static void On(in BioQueue e, ref Queue q)",
            "[Update]\n    private static void On(in [|BlockComplete|] e, ref Queue q)")),
        "BlockComplete",
        "On");

    [Fact]
    public Task KML0015_a_policy_where_nothing_can_be_done() => AnalyzerRun.ShouldReport(
        ModelSource.With(
            ("[Observe(typeof(BioQueue))]", "[Observe(typeof(BioQueue))]\n[Observe(typeof(BlockInsert))]"),
            ("Extract(in BioQueue e,", "Extract(in BlockInsert e,"),
            ("WaitUs(in BioQueue a,", "WaitUs(in BlockInsert a,"),
            ("Late(in BioQueue e,", "Late(in BlockInsert e,"),
            ("Act(ref BioQueue e,", "Act(ref [|BlockInsert|] e,"),
            ("if (us > 2000)\n            e.RaisePriority(IoPriority.RealTime);", string.Empty)),
        checkOverflow: false,
        (SourceRules.NoLever, ["BlockInsert", string.Join(", ", EventCatalog.All.Where(e => e.Levers.Count > 0).Select(e => e.Kind))]));
}
