using System;
using System.Linq;
using Shouldly;
using Xunit;

namespace Kml.Model.Tests;

/// <summary>
/// What a user names in an attribute arrives in the model as a number: the enums of the declaration and of the model agree in names and numbers.
/// </summary>
public class DeclaredEnumTests
{
    [Fact]
    public void Activations_are_those_of_the_model() => ShouldAgree<Activation, LayerActivation>();

    [Fact]
    public void What_a_full_ring_does_is_that_of_the_model() => ShouldAgree<WhenFull, RingWhenFull>();

    [Fact]
    public void Scopes_of_state_are_those_of_the_model() => ShouldAgree<Scope, StateScope>();

    private static void ShouldAgree<TDeclared, TModel>()
        where TDeclared : struct, Enum
        where TModel : struct, Enum =>
        Members<TDeclared>().ShouldBe(Members<TModel>());

    private static (string, int)[] Members<T>()
        where T : struct, Enum =>
        [.. Enum.GetValues<T>().Select(m => (m.ToString(), Convert.ToInt32(m, null)))];
}
