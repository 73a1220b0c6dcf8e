extern alias generators;

using System.Linq;
using Kml.Generators.Tests.Harness;
using generators::Kml.Generators.Parsing.Symbols;
using Microsoft.CodeAnalysis;
using Shouldly;
using Xunit;

namespace Kml.Generators.Tests;

/// <summary>Where a message about an attribute's argument goes, whichever way the argument is written.</summary>
public sealed class AttributePlaceTests
{
    [Theory]
    [InlineData("7, 8, 9", "7", "8", "9")]
    [InlineData("rest: new[] { 8, 9 }, first: 7", "7", "new[] { 8, 9 }", null)]
    [InlineData("7", "7", null, null)]
    public void An_argument_is_found_by_name_or_place_those_behind_params_too(string written, params string?[] places)
    {
        const string Attribute = "class ManyAttribute : System.Attribute { public ManyAttribute(int first, params int[] rest) { } }";
        INamedTypeSymbol type = TestCompilation.Of($"{Attribute} [Many({written})] class Marked;").GetTypeByMetadataName("Marked")!;
        AttributeData attribute = type.GetAttributes().Single();

        for (int i = 0; i < places.Length; i++)
        {
            Location place = attribute.Place(i);
            place.SourceTree!.GetText().ToString(place.SourceSpan).ShouldBe(places[i] ?? $"Many({written})");
        }
    }
}
