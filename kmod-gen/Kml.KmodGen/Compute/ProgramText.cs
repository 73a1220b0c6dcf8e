using System.Globalization;
using System.Linq;
using Kml.KmodGen.Compute.Stages;
using Kml.Model.Lowering;

namespace Kml.KmodGen.Compute;

/// <summary>How a program is described in the emitted C.</summary>
internal static class ProgramText
{
    /// <summary>All that a program computes, a line a stage behind normalisation.</summary>
    public static string[] Steps(ModelProgram program) =>
        [.. Enumerable.Range(1, program.Stages.Count - 1).Select(at => StageText.Of(new StagePlace(program, at)).Line)];

    /// <summary>A number in C.</summary>
    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
