using System.Linq;

using Kml.Model;

namespace Kml.Build.Tests;

/// <summary>Models that the throw-away projects declare.</summary>
internal static class TestModels
{
    /// <summary>A source file that declares regressions in integers, which so have an integer twin: 2 features, a hidden layer of 8 units.</summary>
    /// <param name="names">The models' names.</param>
    public static string Source(params string[] names) =>
        "using System;\nusing Kml;\n" + string.Concat(names.Select(Declaration));

    /// <summary>A source file that carries any text as a model's.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="text">Its canonical text.</param>
    public static string Carrier(string name, string text) =>
        $"[assembly: Kml.KmlModel(\"{name}\", @\"{text.Replace("\"", "\"\"", System.StringComparison.Ordinal)}\")]\n";

    /// <summary>Reads a model from a compiled assembly.</summary>
    /// <param name="assembly">The assembly's path.</param>
    /// <param name="name">The model's name.</param>
    public static ModelSpec Read(string assembly, string name) =>
        ModelText.Read(AssemblyModels.Read(assembly).Models.Single(m => m.Name == name).CanonicalText);

    private static string Declaration(string name) =>
        $$"""

        [KernelModel("{{name}}")]
        [Observe(typeof(BioQueue))]
        [Observe(typeof(BlockIssue))]
        [Dense(8, Activation.Relu)]
        [Dense(1)]
        public partial class Model_{{name}}
        {
            [Features(2)]
            private static void Extract(in BioQueue e, Span<int> x)
            {
                x[0] = (int)e.Sectors;
                x[1] = (int)e.Operation;
            }

            [Label]
            private static int WaitNs(in BioQueue a, in BlockIssue b) => (int)(b.TimeNs - a.TimeNs);
        }

        """;
}
