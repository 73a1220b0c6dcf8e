using System;
using System.Linq;
using Kml.Training.Losses;

namespace Kml.Training.Networks;

/// <summary>Which losses suit which labels.</summary>
internal static class NetworkLosses
{
    /// <summary>The loss for labels.</summary>
    /// <param name="classes">0 for a regression.</param>
    /// <param name="chosen">What was asked for; null for the customary one.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="TrainingException">The loss has no sense for such labels.</exception>
    internal static Loss For(int classes, Loss? chosen)
    {
        Loss loss = chosen ?? (classes > 0 ? new CrossEntropyLoss() : new HuberLoss());
        bool ofClasses = loss is CrossEntropyLoss or BinaryCrossEntropyLoss or HingeLoss;
        if (ofClasses && classes == 0)
        {
            throw new TrainingException($"{loss.GetType().Name} is for classes and the label is a number: "
                + $"take {nameof(HuberLoss)}, {nameof(SquaredLoss)} or {nameof(QuantileLoss)}.");
        }

        if (!ofClasses && classes > 0)
        {
            throw new TrainingException($"{loss.GetType().Name} is for numbers and there are {classes} classes: "
                + $"take {nameof(CrossEntropyLoss)}, or another loss for classes.");
        }

        if (loss is BinaryCrossEntropyLoss && classes != 2)
            throw new TrainingException($"{nameof(BinaryCrossEntropyLoss)} is for 2 classes and there are {classes}: take {nameof(CrossEntropyLoss)}.");
        return loss;
    }

    /// <summary>Units of a network's last layer.</summary>
    /// <param name="classes">0 for a regression.</param>
    /// <param name="loss">The loss.</param>
    /// <returns>The units.</returns>
    internal static int Outputs(int classes, Loss loss) => classes == 0 || loss is BinaryCrossEntropyLoss ? 1 : Math.Max(2, classes);

    /// <summary>Factors with which all classes weigh alike and all rows together as before.</summary>
    /// <param name="train">The training rows.</param>
    /// <returns>[class].</returns>
    internal static double[] Balance(Samples train)
    {
        double[] weights = new double[train.Classes];
        for (int row = 0; row < train.Count && weights.Length > 0; row++)
            weights[(int)train.Labels[row]] += train.Weights[row];
        int present = weights.Count(weight => weight > 0);
        double total = weights.Sum();
        return [.. weights.Select(weight => weight > 0 ? total / (present * weight) : 1)];
    }
}
