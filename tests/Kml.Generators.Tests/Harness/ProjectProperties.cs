using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Kml.Generators.Tests.Harness;

/// <summary>A project's properties as a build hands them to analyzers and generators.</summary>
/// <param name="properties">The properties by their names in the project.</param>
internal sealed class ProjectProperties(params (string Name, string Value)[] properties) : AnalyzerConfigOptionsProvider
{
    public override AnalyzerConfigOptions GlobalOptions { get; } = new Properties(properties);

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

    private sealed class Properties((string Name, string Value)[] properties) : AnalyzerConfigOptions
    {
        private readonly Dictionary<string, string> _values = ByKey(properties);

        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => _values.TryGetValue(key, out value);

        private static Dictionary<string, string> ByKey((string Name, string Value)[] properties)
        {
            Dictionary<string, string> values = [];
            foreach ((string name, string value) in properties)
                values["build_property." + name] = value;
            return values;
        }
    }
}
