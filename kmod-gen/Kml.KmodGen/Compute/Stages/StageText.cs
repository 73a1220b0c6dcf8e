using System;
using System.Collections.Generic;
using Kml.Model;
using Kml.Model.Lowering;

namespace Kml.KmodGen.Compute.Stages;

/// <summary>What the emitted C says of a stage, and what its two templates name: a class a stage.</summary>
/// <param name="place">The stage's place.</param>
internal abstract class StageText(StagePlace place)
{
    /// <summary>What the stage computes, in one line: <c>h0: 16 = relu(W0[5][16] x[5] + b0)</c>.</summary>
    public abstract string Line { get; }

    /// <summary>Its arrays that need words beside their names, with these.</summary>
    public abstract IEnumerable<(WeightArray? Array, string Words)> Arrays { get; }

    /// <summary>The curves of which its integer form needs a table.</summary>
    public virtual IEnumerable<LayerActivation> Tables => [];

    /// <summary>What both templates of the stage name.</summary>
    public abstract Dictionary<string, object?> Values { get; }

    /// <summary>The stage's place.</summary>
    protected StagePlace Place => place;

    /// <summary>The text of a stage.</summary>
    /// <param name="place">The stage's place.</param>
    /// <returns>The text.</returns>
    /// <exception cref="NotSupportedException">No template computes such a stage.</exception>
    public static StageText Of(StagePlace place) => place.Stage switch
    {
        NormaliseStage stage => new NormaliseText(place, stage),
        DenseStage stage => new DenseText(place, stage),
        HeadStage stage => new HeadText(place, stage),
        Stage stage => throw new NotSupportedException($"No template computes a {stage.GetType().Name}."),
    };
}
